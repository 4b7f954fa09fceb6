package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class RequestTable {

    private static final String SELECT =
            """
            select id, number, resource, code, version, title, provider, consumer, state, fields, filter, masks,
                   purpose, purpose_text, basis, matter, mode, from_day, until_day, profile, proposal, outcome, opinion,
                   reason, refusal_basis, basis_text, writer, preparer, revision, created_at, changed_at
            from sharing.request
            """;

    /** A request that waits for somebody's hand. */
    record Waiting(
            long id,
            String title,
            String number,
            String consumer,
            String state,
            @Nullable LocalDate due,
            boolean estimated) {}

    /** Waits for the hand of somebody of an organization with these roles. */
    static final String WAITING =
            """
            (state = 'SENT' and :authority and :own not in (consumer, provider))
            or (state = 'SENT' and :reviewer and provider = :own
                and (consumer = any (:authorities) or provider = any (:authorities)))
            or (consumer = :own and state = 'RETURNED' and :steward)
            or (consumer = :own and state = 'DRAFT' and :reviewer)
            or (provider = :own and state = 'ACCEPTED' and :steward)
            or (provider = :own and state = 'PREPARED' and :reviewer)
            """;

    /** Its answer is overdue. */
    static final String LATE =
            """
            id in (select d.request from sharing.deadline d
                where d.what = 'ANSWER_CONDITIONAL' and d.state = 'RUNNING' and d.due < :today)
            """;

    /**
     * A request with the clock of what it waits for.
     *
     * @param due null when no clock runs
     * @param paused the clock stands until the consumer has acted
     */
    record Underway(Request request, @Nullable LocalDate due, boolean estimated, boolean paused) {}

    private final JdbcClient db;
    private final JsonMapper json;

    RequestTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** The request's own id is not read. */
    Request insert(Request request) {
        long id =
                db.sql(
                                """
                                insert into sharing.request (number, resource, code, version, title, provider, consumer,
                                    state, fields, filter, masks, purpose, purpose_text, basis, matter, mode, from_day,
                                    until_day, writer, created_at, changed_at)
                                values (:number, :resource, :code, :version, :title, :provider, :consumer,
                                    :state, cast(:fields as json), cast(:filter as json), cast(:masks as json),
                                    :purpose, :purposeText, :basis, :matter, :mode, :fromDay, :untilDay, :writer, :createdAt,
                                    :changedAt)
                                returning id
                                """)
                        .params(parameters(request))
                        .query(Long.class)
                        .single();
        return find(id).orElseThrow();
    }

    /** Writes all that may change; its revision grows by one. */
    Request update(Request request) {
        db.sql(
                        """
                        update sharing.request
                        set code = :code, version = :version, title = :title, state = :state,
                            fields = cast(:fields as json), filter = cast(:filter as json),
                            masks = cast(:masks as json), purpose = :purpose, purpose_text = :purposeText,
                            basis = :basis, matter = :matter, mode = :mode, from_day = :fromDay, until_day = :untilDay,
                            profile = :profile, proposal = :proposal, outcome = :outcome, opinion = :opinion,
                            reason = :reason, refusal_basis = :refusalBasis, basis_text = :basisText,
                            writer = :writer, preparer = :preparer, changed_at = :changedAt,
                            revision = revision + 1
                        where id = :id
                        """)
                .params(parameters(request))
                .update();
        return find(request.id()).orElseThrow();
    }

    Optional<Request> find(long id) {
        return db.sql(SELECT + " where id = :id").param("id", id).query(this::row).optional();
    }

    /** Waits for whoever works on it, then keeps everybody else waiting. */
    Optional<Request> lock(long id) {
        return db.sql(SELECT + " where id = :id for update")
                .param("id", id)
                .query(this::row)
                .optional();
    }

    long count(Where where) {
        return db.sql("select count(*) from sharing.request" + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    Map<RequestState, Long> states(Where where) {
        var states = new EnumMap<RequestState, Long>(RequestState.class);
        db.sql("select state, count(*) as n from sharing.request" + where.sql() + " group by state")
                .params(where.parameters())
                .query(rs -> {
                    states.put(RequestState.valueOf(rs.getString("state")), rs.getLong("n"));
                });
        return states;
    }

    /** Of one consumer in these states, what is due first before the others. */
    List<Underway> underway(String consumer, List<String> states, int most) {
        return db.sql(
                        """
                        select r.*, case when d.state = 'RUNNING' then d.due end as due,
                               coalesce(d.estimated, false) as estimated, coalesce(d.state = 'PAUSED', false) as paused
                        from sharing.request r
                        left join sharing.deadline d
                            on d.request = r.id and d.state in ('RUNNING', 'PAUSED')
                            and d.what = case r.state when 'NEGOTIATING' then 'NEGOTIATION'
                                                      when 'ARBITRATING' then 'ARBITRATION'
                                                      else 'ANSWER_CONDITIONAL' end
                        where r.consumer = :consumer and r.state in (:states)
                        order by due nulls last, r.id desc limit :most
                        """)
                .param("consumer", consumer)
                .param("states", states)
                .param("most", most)
                .query((rs, number) ->
                        new Underway(
                                row(rs, number),
                                rs.getObject("due", LocalDate.class),
                                rs.getBoolean("estimated"),
                                rs.getBoolean("paused")))
                .list();
    }

    /** Id to number, for those there are. */
    Map<String, String> numbers(Set<String> ids) {
        return db.sql("select id, number from sharing.request where id = any (:ids)")
                .param("ids", FactNames.ids(ids))
                .query(FactNames.PAIRS);
    }

    /** A numbered page of a list. */
    ListQuery.Numbered<Request> listed(Where where, ListQuery query) {
        var total = count(query.narrow(where));
        var cut = query.cut(total);
        return new ListQuery.Numbered<>(
                listed(where, query, ListQuery.SIZE, cut.offset()), total, cut.number());
    }

    /** All of a narrowed list; refused where a file does not hold them. */
    List<Request> exported(Where where, ListQuery query) {
        return ListQuery.whole(listed(query.narrow(where), query, ListQuery.EXPORT_LOOK, 0));
    }

    private List<Request> listed(Where where, ListQuery query, int limit, long offset) {
        var which =
                switch (query.order()) {
                    case NEWEST -> " order by id desc";
                    case OLDEST -> " order by id";
                    case NAME -> " order by title, id desc";
                    case DUE ->
                            " order by (select min(d.due) from sharing.deadline d where d.request = request.id and d.state = 'RUNNING') nulls last, id desc";
                };
        return db.sql(SELECT + where.sql() + which + " limit :limit offset :offset")
                .params(where.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query(this::row)
                .list();
    }

    /** Departments on either side of what a list has. */
    List<String> departments(Where where) {
        return db.sql(
                        "select provider from sharing.request"
                                + where.sql()
                                + " union select consumer from sharing.request"
                                + where.sql())
                .params(where.parameters())
                .query((rs, _) -> rs.getString("provider"))
                .list();
    }

    Page<Request> search(Where where, Page.Request page) {
        var all = where.copy();
        where.and("id < :after", "after", page.after());
        var rows =
                db.sql(SELECT + where.sql() + " order by id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", page.limit() + 1)
                        .query(this::row)
                        .list();
        return page.page(rows, () -> count(all), Request::id);
    }

    /**
     * What waits for somebody of an organization with these roles, the most urgent first; at most
     * 100.
     */
    List<Waiting> waiting(
            String own,
            boolean authority,
            boolean steward,
            boolean reviewer,
            List<String> authorities) {
        return db.sql(
                        """
                        select r.id, r.title, r.number, r.consumer, r.state, d.due, coalesce(d.estimated, false) as estimated
                        from (select * from sharing.request where
                        """
                                + WAITING
                                + """
                                 ) r
                                left join sharing.deadline d
                                    on d.request = r.id and d.what = 'ANSWER_CONDITIONAL' and d.state = 'RUNNING'
                                order by d.due nulls last, r.id limit 100
                                """)
                .param("own", own)
                .param("authority", authority)
                .param("steward", steward)
                .param("reviewer", reviewer)
                .param("authorities", authorities.toArray(String[]::new))
                .query((rs, _) ->
                        new Waiting(
                                rs.getLong("id"),
                                rs.getString("title"),
                                rs.getString("number"),
                                rs.getString("consumer"),
                                rs.getString("state"),
                                rs.getObject("due", LocalDate.class),
                                rs.getBoolean("estimated")))
                .list();
    }

    private Request row(ResultSet rs, int number) throws SQLException {
        return new Request(
                rs.getLong("id"),
                rs.getString("number"),
                new Request.Subject(
                        rs.getLong("resource"),
                        rs.getString("code"),
                        rs.getInt("version"),
                        rs.getString("title"),
                        rs.getString("provider")),
                rs.getString("consumer"),
                RequestState.valueOf(rs.getString("state")),
                new Ask(
                        json.readValue(
                                rs.getString("fields"), new TypeReference<List<String>>() {}),
                        rs.getString("filter"),
                        json.readValue(
                                rs.getString("masks"), new TypeReference<Map<String, String>>() {}),
                        Purpose.valueOf(rs.getString("purpose")),
                        rs.getString("purpose_text"),
                        rs.getString("basis"),
                        rs.getString("matter"),
                        Ask.Mode.valueOf(rs.getString("mode")),
                        rs.getObject("from_day", LocalDate.class),
                        rs.getObject("until_day", LocalDate.class)),
                Optional.ofNullable(rs.getObject("profile", Long.class)),
                rs.getString("proposal"),
                decision(rs),
                rs.getString("writer"),
                rs.getString("preparer"),
                rs.getInt("revision"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                rs.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    private static Optional<Decision> decision(ResultSet rs) throws SQLException {
        var outcome = rs.getString("outcome");
        if (outcome == null) return Optional.empty();
        return Optional.of(
                new Decision(
                        Decision.Outcome.valueOf(outcome),
                        rs.getString("opinion"),
                        rs.getString("reason"),
                        Optional.ofNullable(rs.getString("refusal_basis")).map(BasisKind::valueOf),
                        rs.getString("basis_text")));
    }

    private Map<String, @Nullable Object> parameters(Request it) {
        var all = new HashMap<String, @Nullable Object>();
        all.put("id", it.id());
        all.put("number", it.number());
        all.put("resource", it.subject().resource());
        all.put("code", it.subject().code());
        all.put("version", it.subject().version());
        all.put("title", it.subject().title());
        all.put("provider", it.subject().provider());
        all.put("consumer", it.consumer());
        all.put("state", it.state().name());
        all.put("fields", json.writeValueAsString(it.ask().fields()));
        all.put("filter", it.ask().filter());
        all.put("masks", json.writeValueAsString(it.ask().masks()));
        all.put("purpose", it.ask().purpose().name());
        all.put("purposeText", it.ask().purposeText());
        all.put("basis", it.ask().basis());
        all.put("matter", it.ask().matter());
        all.put("mode", it.ask().mode().name());
        all.put("fromDay", it.ask().from());
        all.put("untilDay", it.ask().until());
        all.put("profile", it.profile().orElse(null));
        all.put("proposal", it.proposal());
        all.put("writer", it.writer());
        all.put("preparer", it.preparer());
        var decision = it.decision();
        all.put("outcome", decision.map(d -> d.outcome().name()).orElse(null));
        all.put("opinion", decision.map(Decision::opinion).orElse(""));
        all.put("reason", decision.map(Decision::reason).orElse(""));
        all.put("refusalBasis", decision.flatMap(Decision::basis).map(Enum::name).orElse(null));
        all.put("basisText", decision.map(Decision::basisText).orElse(""));
        all.put("createdAt", it.createdAt().atOffset(ZoneOffset.UTC));
        all.put("changedAt", it.changedAt().atOffset(ZoneOffset.UTC));
        return all;
    }
}
