package shuqiao.outbound;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
@RequestMapping("/api/v1/networks")
@Tag(name = "networks", description = "Networks that may be dialled 允许连接的网络")
class NetworkApi {

    /**
     * A network that may be dialled.
     *
     * @param holder {@code everybody}, {@code platform} or a credit code
     * @param ports absent for every port
     */
    record NetworkView(
            long id,
            String holder,
            String network,
            @Nullable String ports,
            @Nullable String note,
            String addedBy,
            Instant addedAt) {

        static NetworkView of(NetworkRule it) {
            return new NetworkView(
                    it.id(),
                    it.holder(),
                    it.network().text(),
                    it.ports().isEmpty() ? null : it.ports(),
                    it.note().isEmpty() ? null : it.note(),
                    it.addedBy(),
                    it.addedAt());
        }
    }

    /**
     * A kept address outside of what is allowed.
     *
     * @param goesOn whether it is dialled as before until somebody decides
     */
    record OutsideView(
            String kind,
            long id,
            String holder,
            String name,
            String host,
            int port,
            boolean goesOn) {

        static OutsideView of(KeptAddresses.Kept it) {
            return new OutsideView(
                    it.kind(),
                    it.id(),
                    it.holder(),
                    it.name(),
                    it.host(),
                    it.port(),
                    it.asBefore());
        }
    }

    /** Whether it may be dialled for good. */
    record OutsideDecision(@Nullable Boolean allow) {}

    private final Networks networks;
    private final OutsideAddresses outside;

    NetworkApi(Networks networks, OutsideAddresses outside) {
        this.networks = networks;
        this.outside = outside;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "listNetworks", summary = "Networks that may be dialled 允许连接的网络")
    Page<NetworkView> list(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return networks.list(actor, Page.Request.of(limit, after)).map(NetworkView::of);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "allowNetwork", summary = "Let a network be dialled 允许连接一个网络")
    void allow(Actor actor, @RequestBody Networks.NetworkEntry entry) {
        networks.allow(actor, entry);
    }

    @DeleteMapping("/{id}")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "takeNetworkAway", summary = "Dial a network no more 不再允许一个网络")
    void takeAway(Actor actor, @PathVariable long id) {
        networks.takeAway(actor, id);
    }

    @GetMapping("/outside")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(
            operationId = "listOutsideAddresses",
            summary = "Kept addresses outside of these networks 范围外的地址")
    Page<OutsideView> outside(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(outside.list(actor), limit, after).map(OutsideView::of);
    }

    @PostMapping("/outside/{kind}/{id}/decision")
    @Allows(Role.SYSTEM_ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "decideOutsideAddress",
            summary = "Allow exactly this address, or dial it no more 决定范围外的地址")
    void decide(
            Actor actor,
            @PathVariable String kind,
            @PathVariable long id,
            @RequestBody OutsideDecision decision) {
        outside.decide(actor, kind, id, Boolean.TRUE.equals(decision.allow()));
    }
}
