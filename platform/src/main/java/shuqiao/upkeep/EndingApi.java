package shuqiao.upkeep;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;

@RestController
@RequestMapping("/api/v1/resources/{id}/ending")
@Tag(name = "upkeep", description = "What is published stays true 目录维护")
class EndingApi {

    private final Endings endings;

    EndingApi(Endings endings) {
        this.endings = endings;
    }

    @GetMapping
    @Allows
    @Operation(
            operationId = "getEnding",
            summary = "The day from which nothing is provided 查停止提供公告")
    Ending find(Actor actor, @PathVariable long id) {
        return endings.find(actor, id).orElseThrow(() -> new Unknown("ending", id));
    }

    @PostMapping
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "announceEnding", summary = "Announce a withdrawal 公告停止提供")
    ResponseEntity<Ending> announce(
            Actor actor, @PathVariable long id, @RequestBody Endings.Entry entry) {
        return ResponseEntity.status(HttpStatus.CREATED).body(endings.announce(actor, id, entry));
    }

    @DeleteMapping
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    @Operation(operationId = "takeEndingBack", summary = "Take the announcement back 收回停止提供公告")
    ResponseEntity<Void> takeBack(Actor actor, @PathVariable long id) {
        endings.takeBack(actor, id);
        return ResponseEntity.noContent().build();
    }
}
