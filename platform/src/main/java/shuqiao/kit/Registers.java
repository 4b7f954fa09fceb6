package shuqiao.kit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Role;

/** All registers of the house, each with its keeper, and the addresses they answer to. */
@Component
public class Registers implements SmartInitializingSingleton {

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    /** A declaration, and who keeps it. */
    record Kept(Register register, Keeper keeper) {}

    private final Map<String, Kept> all = new ConcurrentSkipListMap<>();
    private final Map<String, List<RequestMappingInfo>> addresses = new HashMap<>();
    private final List<Keeper> keepers;
    private final RequestMappingHandlerMapping routes;
    private final PageKit pages;
    private final BookKit books;
    private final DataKit data;

    Registers(
            List<Keeper> keepers,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            PageKit pages,
            BookKit books,
            DataKit data) {
        this.keepers = keepers;
        this.routes = routes;
        this.pages = pages;
        this.books = books;
        this.data = data;
    }

    @Override
    public void afterSingletonsInstantiated() {
        keepers.forEach(keeper -> open(keeper.register(), keeper));
    }

    Collection<Kept> all() {
        return all.values();
    }

    /**
     * Opens the addresses of a register; one that is open under the same id is closed first.
     *
     * @param register what {@link Keeper#register} says, or the same read from a file
     */
    public synchronized void open(Register register, Keeper keeper) {
        close(register.id());
        var kept = new Kept(register, keeper);
        addresses.put(register.id(), new ArrayList<>());
        all.put(register.id(), kept);
        var listing = register.listing();
        if (listing != null) openList(kept, listing);
        var detail = register.detail();
        if (detail != null) {
            var path = register.path() + "/{id}";
            page(kept, detail.by(), RequestMethod.GET, path, "one", "");
            rest(kept, detail.by(), detail.rest(), path, "one", "");
        }
        for (var form : register.forms()) openForm(kept, form);
        var transitions = register.transitions();
        if (transitions != null) for (var move : transitions.moves()) openMove(kept, move);
    }

    private void openList(Kept kept, Listing listing) {
        var path = kept.register().path();
        if (listing.title() != null) {
            page(kept, listing.by(), RequestMethod.GET, path, "list", "");
            if (listing.export() != null) {
                page(kept, listing.by(), RequestMethod.GET, path + "/export.csv", "csv", "");
                page(kept, listing.by(), RequestMethod.GET, path + "/export.xlsx", "xlsx", "");
            }
            if (!listing.many().isEmpty())
                page(kept, listing.by(), RequestMethod.POST, path + "/steps", "many", "");
        }
        rest(kept, listing.by(), listing.rest(), path, "list", "");
    }

    private void openForm(Kept kept, Form form) {
        page(kept, form.by(), RequestMethod.GET, form.page(kept.register()), "form", form.name());
        page(kept, form.by(), RequestMethod.POST, form.path(), "attempt", form.name());
        if (!form.target().equals(form.path()))
            page(kept, form.by(), RequestMethod.POST, form.target(), "attempt", form.name());
        if (form.workbook() != null) {
            page(
                    kept,
                    form.by(),
                    RequestMethod.GET,
                    form.path() + "/template.xlsx",
                    "template",
                    form.name());
            page(
                    kept,
                    form.by(),
                    RequestMethod.GET,
                    form.path() + "/import",
                    "choose",
                    form.name());
            page(kept, form.by(), RequestMethod.POST, form.path() + "/import", "hand", form.name());
        }
        rest(kept, form.by(), form.rest(), form.path(), "attempt", form.name());
        var ahead = form.ahead();
        if (ahead != null)
            rest(kept, form.by(), ahead.rest(), form.path() + "/preview", "ahead", form.name());
    }

    private void openMove(Kept kept, Transitions.Move move) {
        var path = move.at(kept.register(), true);
        if (move.asks()) page(kept, move.by(), RequestMethod.GET, path, "ask", move.name());
        page(kept, move.by(), RequestMethod.POST, path, "move", move.name());
        rest(kept, move.by(), move.rest(), move.at(kept.register(), false), "move", move.name());
    }

    private void page(
            Kept kept, List<Role> by, RequestMethod method, String path, String act, String name) {
        open(new PageRoute(pages, books, kept, by, name), method, path, act);
    }

    private void rest(
            Kept kept,
            List<Role> by,
            @Nullable Operation operation,
            String usual,
            String act,
            String name) {
        if (operation == null) return;
        var method = RequestMethod.valueOf(operation.method().name());
        open(new DataRoute(data, kept, by, name, operation), method, operation.at(usual), act);
    }

    private void open(Route route, RequestMethod verb, String path, String act) {
        var info =
                RequestMappingInfo.paths(path)
                        .methods(verb)
                        .options(routes.getBuilderConfiguration())
                        .build();
        routes.registerMapping(info, route, method(route, act));
        java.util.Objects.requireNonNull(addresses.get(route.kept().register().id())).add(info);
    }

    private static Method method(Route route, String act) {
        for (var method : ReflectionUtils.getDeclaredMethods(route.getClass()))
            if (method.getName().equals(act) && !method.isSynthetic()) return method;
        throw new IllegalArgumentException("no act " + act);
    }

    /** Closes its addresses; nothing happens where it is not open. */
    public synchronized void close(String id) {
        all.remove(id);
        var open = addresses.remove(id);
        if (open != null) open.forEach(routes::unregisterMapping);
    }

    /** An address with the values of a thing in it, each encoded. */
    static String filled(String address, Keeper.Item item) {
        var values = new HashMap<>(item.values());
        values.put("id", item.id());
        return filled(address, values);
    }

    static String filled(String address, Map<String, Object> values) {
        var said = new ArrayList<Object>();
        var name = NAME.matcher(address);
        while (name.find()) said.add(String.valueOf(values.getOrDefault(name.group(1), "")));
        return UriComponentsBuilder.fromUriString(address)
                .encode()
                .buildAndExpand(said.toArray())
                .toUriString();
    }
}
