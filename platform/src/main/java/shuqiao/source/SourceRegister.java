package shuqiao.source;

import static shuqiao.kernel.Role.REVIEWER;
import static shuqiao.kernel.Role.STEWARD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import shuqiao.engine.Tls;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kit.Entry;
import shuqiao.kit.Field;
import shuqiao.kit.Form;
import shuqiao.kit.Keeper;
import shuqiao.kit.Listing;
import shuqiao.kit.Listing.Column;
import shuqiao.kit.Register;
import shuqiao.kit.Transitions.Move;
import shuqiao.kit.Transitions.Reason;
import shuqiao.kit.Words;
import shuqiao.source.SourceViews.SourceView;

/** How the connections of a department are listed, filled in and removed. */
@Component
class SourceRegister implements Keeper {

    private static final Field ID = Field.number("id").must();

    /** What was seen when the form was opened. */
    private static final Field REVISION = Field.number("revision");

    private static final Register REGISTER =
            Register.of("source", "/sources")
                    .tagged("sources", "Database connections of departments 数据源")
                    .listed(
                            Listing.of(STEWARD, REVIEWER)
                                    .titled("menu.sources", "sources.none", "sources.none.why")
                                    .with(
                                            Column.of("name", Field.Type.TEXT, "sources.name")
                                                    .to("/sources/{id}"),
                                            Column.of(
                                                    "jdbcUrl", Field.Type.TEXT, "sources.address"),
                                            Column.of("tlsMode", Field.Type.TEXT, "sources.tls")
                                                    .worded("Mode"),
                                            Column.of(
                                                    "limits", Field.Type.WORDS, "sources.limits")))
                    .filled(
                            Form.of("register", "/sources", STEWARD)
                                    .titled("sources.new", null, "sources.form.note")
                                    .asks(fields(Field.password("password").must(), "hint"))
                                    .then(
                                            "sources.new",
                                            "sources.registered",
                                            "/sources/{id}?test"),
                            Form.of("change", "/sources/{id}/edit", STEWARD)
                                    .titled("sources.edit", null, "sources.form.note")
                                    .asks(fields(Field.password("password"), "keep", ID, REVISION))
                                    .then("sources.keep", "sources.changed", "/sources/{id}?test"))
                    .moved(
                            Move.of("remove", "REMOVED", "KEPT")
                                    .by(STEWARD)
                                    .page(
                                            "removal",
                                            "sources.remove",
                                            "sources.removed",
                                            "/sources")
                                    .asking(Reason.NONE, Words.of("sources.remove.what"))
                                    .delete("removeSource", "Remove a source nobody uses 删除数据源"));

    private static Field[] fields(Field password, String hint, Field... carried) {
        var all = new ArrayList<>(List.of(carried));
        all.addAll(
                List.of(
                        asked(Field.text("name").must().within(0, Registration.NAME_MAX), "name"),
                        asked(Field.text("jdbcUrl").must().within(0, 500), "address"),
                        asked(Field.text("username").must().within(0, 63), "username"),
                        password.label("sources.password")
                                .hint("sources.password." + hint)
                                .within(0, Registration.PASSWORD_MAX),
                        asked(Field.code("tlsMode").oneOf("Mode", Tls.Mode.values()), "tls"),
                        asked(
                                Field.longText("caCertificate")
                                        .within(0, Registration.CERTIFICATE_MAX),
                                "ca"),
                        Field.heading("limits", "sources.form.limits", "sources.form.limits.note"),
                        asked(Field.number("maxConnections"), "max-connections"),
                        asked(Field.decimal("maxMegabytesPerSecond"), "max-rate"),
                        asked(Field.number("statementTimeoutSeconds"), "statement"),
                        asked(Field.number("lockTimeoutSeconds"), "lock"),
                        asked(Field.text("allowedFrom").within(0, 5), "from"),
                        asked(Field.text("allowedUntil").within(0, 5), "until")));
        return all.toArray(Field[]::new);
    }

    private static Field asked(Field field, String words) {
        return field.label("sources." + words).hint("sources." + words + ".hint");
    }

    private static final List<Step> WAY = List.of(new Step(Words.of("menu.sources"), "/sources"));

    private static final Registration STANDARD =
            new Registration(null, null, null, null, null, null, 4, null, 0, 30, null, null);

    private final Sources sources;
    private final AddressChanges changes;

    SourceRegister(Sources sources, AddressChanges changes) {
        this.sources = sources;
        this.changes = changes;
    }

    @Override
    public Register register() {
        return REGISTER;
    }

    @Override
    public Page<Item> page(Actor actor, Listing.Query query) {
        var page = sources.list(actor, query.page(), query.offset());
        var waiting = changes.among(page.items());
        return page.map(it -> item(it, waiting.contains(it.id())));
    }

    @Override
    public Item get(Actor actor, long id) {
        return item(sources.find(actor, id), false);
    }

    private static Item item(Source source, boolean waits) {
        var it = SourceView.of(source);
        var more = new ArrayList<Words>();
        var rate = it.maxMegabytesPerSecond();
        if (rate != null) more.add(Words.of("sources.rate", rate));
        source.hours()
                .ifPresent(
                        hours -> more.add(Words.of("sources.hours", hours.from(), hours.until())));
        var item =
                Item.of(it.id(), "KEPT", "", it)
                        .with("name.small", Words.of("sources.user", it.username()))
                        .with("limits", Words.of("sources.connections", it.maxConnections()))
                        .with("limits.small", more);
        return waits ? item.with("jdbcUrl.small", Words.of("sources.change.waiting")) : item;
    }

    @Override
    public Shown show(Actor actor, String form, Entry entry) {
        if (form.equals("register")) return Shown.filled(WAY, STANDARD);
        if (form.equals("change"))
            return Shown.filled(WAY, SourceView.of(sources.find(actor, entry.number("id"))));
        var number = sources.list(actor, new Page.Request(1, Long.MAX_VALUE), 0).total();
        var head = number == 0 ? Words.of("sources.none") : Words.of("sources.head", number);
        return Shown.list(List.of(head, Words.of("sources.note")), Map.of(), null);
    }

    @Override
    public void check(Actor actor, String form, Entry entry, Invalid.Faults faults) {
        entry.as(Registration.class).checked(0, "", Instant.EPOCH, Instant.EPOCH, faults);
    }

    @Override
    public Item attempt(Actor actor, String form, Entry entry) {
        var said = entry.as(Registration.class);
        if (form.equals("register")) return item(sources.register(actor, said), false);
        var it = item(sources.change(actor, entry.number("id"), said), false);
        return changes.find(actor, it.id()).isEmpty()
                ? it
                : it.with("next", "/sources/" + it.id() + "/address-change");
    }

    @Override
    public Item move(Actor actor, String move, Item item, String reason) {
        sources.remove(actor, item.id());
        return item;
    }
}
