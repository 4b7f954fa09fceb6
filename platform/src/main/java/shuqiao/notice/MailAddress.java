package shuqiao.notice;

import java.util.List;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.outbound.KeptAddresses;
import shuqiao.outbound.Networks;

/**
 * Shows the system administrator where mail goes, when that lies outside of what may be dialled.
 */
@Component
record MailAddress(MailServerTable servers) implements KeptAddresses {

    private static final String KIND = "mail-server";

    @Override
    public List<Kept> kept() {
        return servers.find().filter(MailServer::enabled).stream()
                .map(it ->
                        new Kept(
                                KIND,
                                1,
                                Networks.PLATFORM,
                                "",
                                it.host(),
                                it.port(),
                                it.asBefore()))
                .toList();
    }

    @Override
    public void settle(Actor by, String kind, long id) {
        if (kind.equals(KIND)) servers.settle();
    }
}
