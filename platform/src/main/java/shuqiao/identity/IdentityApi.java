package shuqiao.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "identity", description = "People and programs 用户与程序")
class IdentityApi {

    record PersonView(
            String username,
            String name,
            @Nullable String organization,
            Set<Role> roles,
            boolean disabled,
            boolean mustChangePassword,
            @Nullable Instant lockedUntil) {
        static PersonView of(Person it, @Nullable Instant lockedUntil) {
            return new PersonView(
                    it.username(),
                    it.name(),
                    it.organization(),
                    it.roles(),
                    it.disabled(),
                    it.mustChange(),
                    lockedUntil);
        }
    }

    record NewPerson(PersonView person, String oneTimePassword) {}

    record ProgramView(
            String clientId,
            String name,
            String organization,
            Set<Role> scopes,
            boolean disabled,
            @Nullable String owner,
            boolean secretWaits) {
        static ProgramView of(Program it) {
            return new ProgramView(
                    it.clientId(),
                    it.name(),
                    it.organization(),
                    it.roles(),
                    it.disabled(),
                    it.owner(),
                    it.secretWaits());
        }
    }

    record NewProgram(ProgramView program, @Nullable String clientSecret) {
        static NewProgram of(Programs.Added it) {
            return new NewProgram(ProgramView.of(it.program()), it.clientSecret());
        }
    }

    record Self(
            Actor.Kind kind,
            String subject,
            String name,
            @Nullable String organization,
            Set<Role> roles) {}

    private final People people;
    private final Programs programs;
    private final PendingChanges changes;
    private final Sessions sessions;

    IdentityApi(People people, Programs programs, PendingChanges changes, Sessions sessions) {
        this.people = people;
        this.programs = programs;
        this.changes = changes;
        this.sessions = sessions;
    }

    private PersonView view(Actor actor, Person person) {
        return PersonView.of(person, people.closedUntil(actor, person.username()));
    }

    @GetMapping("/me")
    @Allows
    @Operation(operationId = "getMe", summary = "Who am I 当前身份")
    Self me(Actor actor) {
        return new Self(
                actor.kind(), actor.subject(), actor.name(), actor.organization(), actor.roles());
    }

    @GetMapping("/users")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "listUsers", summary = "List or search users 查用户")
    Page<PersonView> users(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String organization,
            @RequestParam(required = false) @Nullable Role role,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return people.search(
                        actor,
                        q == null ? "" : q,
                        organization,
                        role,
                        Page.Request.of(limit, after))
                .map(person -> view(actor, person));
    }

    @PostMapping("/users")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "addUser", summary = "Add a user with a one-time password 新增用户")
    @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = NewPerson.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Waits for another administrator 等待另一位管理员确认",
            content = @Content(schema = @Schema(implementation = PendingChange.class)))
    ResponseEntity<Object> add(Actor actor, @RequestBody People.Entry entry) {
        return answer(
                HttpStatus.CREATED,
                changes.addPerson(actor, entry),
                added -> new NewPerson(view(actor, added.person()), added.password()));
    }

    @GetMapping("/users/{username}")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "getUser", summary = "One user 用户")
    PersonView user(Actor actor, @PathVariable String username) {
        return view(actor, people.find(actor, username));
    }

    @PutMapping("/users/{username}")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "changeUser", summary = "Change or close a user 修改用户")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PersonView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Waits for another administrator 等待另一位管理员确认",
            content = @Content(schema = @Schema(implementation = PendingChange.class)))
    ResponseEntity<Object> change(
            Actor actor, @PathVariable String username, @RequestBody People.Entry entry) {
        return answer(
                HttpStatus.OK,
                changes.changePerson(actor, username, entry),
                person -> view(actor, person));
    }

    @PostMapping("/users/{username}/password-reset")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "resetUserPassword", summary = "Give a new one-time password 重置密码")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = NewPerson.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Waits for another administrator 等待另一位管理员确认",
            content = @Content(schema = @Schema(implementation = PendingChange.class)))
    ResponseEntity<Object> reset(Actor actor, @PathVariable String username) {
        return answer(
                HttpStatus.OK,
                changes.resetPassword(actor, username),
                reset -> new NewPerson(view(actor, reset.person()), reset.password()));
    }

    @GetMapping("/clients")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "listClients", summary = "List programs 查程序")
    Page<ProgramView> clients(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return programs.list(actor, Page.Request.of(limit, after)).map(ProgramView::of);
    }

    @PostMapping("/clients")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "addClient", summary = "Add a program with its secret 新增程序")
    @ApiResponse(
            responseCode = "201",
            content = @Content(schema = @Schema(implementation = NewProgram.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Waits for another administrator 等待另一位管理员确认",
            content = @Content(schema = @Schema(implementation = PendingChange.class)))
    ResponseEntity<Object> addClient(Actor actor, @RequestBody Programs.Entry entry) {
        return answer(HttpStatus.CREATED, changes.addProgram(actor, entry), NewProgram::of);
    }

    @PutMapping("/clients/{clientId}")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "changeClient", summary = "Change or close a program 修改程序")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ProgramView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Waits for another administrator 等待另一位管理员确认",
            content = @Content(schema = @Schema(implementation = PendingChange.class)))
    ResponseEntity<Object> changeClient(
            Actor actor, @PathVariable String clientId, @RequestBody Programs.Entry entry) {
        return answer(
                HttpStatus.OK, changes.changeProgram(actor, clientId, entry), ProgramView::of);
    }

    @PostMapping("/clients/{clientId}/secret")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "renewClientSecret", summary = "Give a program a new secret 更换程序密钥")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = NewProgram.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Waits for another administrator 等待另一位管理员确认",
            content = @Content(schema = @Schema(implementation = PendingChange.class)))
    ResponseEntity<Object> renew(Actor actor, @PathVariable String clientId) {
        return answer(HttpStatus.OK, changes.newSecret(actor, clientId), NewProgram::of);
    }

    /** What was done, or 202 with what waits for another administrator. */
    private static <T> ResponseEntity<Object> answer(
            HttpStatus status, PendingChanges.Outcome<T> outcome, Function<T, Object> view) {
        var done = outcome.done();
        return done == null
                ? ResponseEntity.accepted().body(outcome.waiting())
                : ResponseEntity.status(status).body(view.apply(done));
    }

    @GetMapping("/sessions")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "listSessions", summary = "Who is logged in 在线会话")
    Page<LiveSession> sessions(
            Actor actor,
            @RequestParam(required = false) @Nullable String username,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(sessions.living(actor, username), limit, after);
    }

    @GetMapping("/session-limits")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "getSessionLimits", summary = "How long sessions last 会话限制")
    SessionLimits limits(Actor actor) {
        return sessions.limits(actor);
    }

    @PutMapping("/session-limits")
    @Allows(Role.SECURITY_ADMIN)
    @Operation(operationId = "changeSessionLimits", summary = "Change them 修改会话限制")
    SessionLimits changeLimits(Actor actor, @RequestBody SessionLimits wanted) {
        return sessions.changeLimits(
                actor,
                new SessionLimits.Entry(
                        String.valueOf(wanted.idleMinutes()), String.valueOf(wanted.most())));
    }

    @DeleteMapping("/sessions/{id}")
    @Allows(Role.SECURITY_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endSession", summary = "End a session 结束会话")
    void endSession(Actor actor, @PathVariable String id) {
        sessions.end(actor, id);
    }

    @DeleteMapping("/users/{username}/sessions")
    @Allows(Role.SECURITY_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endUserSessions", summary = "End all sessions of a user 结束用户的全部会话")
    void endSessions(Actor actor, @PathVariable String username) {
        sessions.endAll(actor, people.find(actor, username).username());
    }
}
