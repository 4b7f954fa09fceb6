package shuqiao.demo;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.identity.People;
import shuqiao.identity.Programs;
import shuqiao.kernel.Actor;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import shuqiao.shell.SiteSettings;
import shuqiao.source.Sources;

/**
 * Builds the demo city at the first start and follows the address at later ones. Each step looks
 * first whether it is done, so a first start that was killed is finished by the next.
 */
@Component
class DemoCity {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCity.class);

    /** How many people the small city has, and the whole one. */
    private static final int SMALL = 20_000;

    private static final int WHOLE = 60_000;

    /** Databases filled side by side; the first start has two cores. */
    private static final int FILLERS = 2;

    private final Secrets secrets;
    private final Story story;
    private final Past past;
    private final Chronicle chronicle;
    private final Organizations organizations;
    private final People people;
    private final Programs programs;
    private final Sources sources;
    private final SiteSettings settings;
    private final ObjectProvider<LocalDatabases> local;

    DemoCity(
            Secrets secrets,
            Story story,
            Past past,
            Chronicle chronicle,
            Organizations organizations,
            People people,
            Programs programs,
            Sources sources,
            SiteSettings settings,
            ObjectProvider<LocalDatabases> local) {
        this.secrets = secrets;
        this.story = story;
        this.past = past;
        this.chronicle = chronicle;
        this.organizations = organizations;
        this.people = people;
        this.programs = programs;
        this.sources = sources;
        this.settings = settings;
        this.local = local;
    }

    @EventListener
    @Order(10)
    void open(Opening opening) throws Exception {
        if (secrets.exists()) {
            follow(opening.baseUrl());
            return;
        }
        var unfinished = settings.in(Locale.CHINESE).demo();
        if (opening.empty() || !people.nobody() && !unfinished) return;
        build(opening.baseUrl(), opening.city() == Opening.City.SMALL);
    }

    private void follow(String baseUrl) throws IOException {
        var before = secrets.lastPort();
        var server = local.getIfAvailable();
        var name = Objects.requireNonNull(Cast.CIVIL_AFFAIRS.database());
        var now =
                server == null || before == 0
                        ? before
                        : shuqiao.engine.DatabaseAddress.parse(server.database(name).url()).port();
        if (before != now)
            LOG.info("{} demo connections follow the database", sources.moved(before, now));
        secrets.rewrite(baseUrl, now);
    }

    private void build(String baseUrl, boolean small) throws Exception {
        LOG.info("building the demo city 云泽市");
        settings.put(SiteSettings.DEMO, "true");
        settings.put(SiteSettings.NAME, "云泽市政务数据共享网站");
        settings.put(SiteSettings.NAME_EN, "Yunze Government Data Sharing");
        settings.put(SiteSettings.OPERATOR, "云泽市大数据管理中心");
        var departments = Cast.departments(small);
        try (var fillers = Executors.newFixedThreadPool(FILLERS)) {
            var telling = chronicle.begin();
            var databases = new Databases(departments, small, telling.today(), fillers);
            if (small) {
                databases.all().forEach(it -> databases.await(it.database()));
                people(departments);
                story.tell(databases.access());
            } else {
                telling.on(
                        telling.day(360), LocalTime.of(8, 30), "people", () -> people(departments));
                past.note(telling, databases.access(), databases::await);
                telling.perform();
            }
            chronicle.end();
            var clients = new ArrayList<Secrets.Client>();
            for (var department : departments)
                if (Cast.hasPrograms(department))
                    for (var role : department.programRoles().stream().sorted().toList())
                        clients.add(client(department, role));
            secrets.write(baseUrl, departments, clients, databases.access());
            chronicle.forget();
        } finally {
            chronicle.end();
        }
        LOG.info("the demo city is there; who may log in stands in demo.json of the home");
    }

    /** The departments' databases, made and filled beside the telling. */
    private final class Databases {

        private final List<Cast.Department> keepers;
        private final Map<String, LocalDatabases.Access> access = new LinkedHashMap<>();
        private final Map<String, Future<?>> filled = new LinkedHashMap<>();

        Databases(
                List<Cast.Department> departments,
                boolean small,
                LocalDate today,
                ExecutorService fillers) {
            var server = local.getIfAvailable();
            keepers =
                    server == null
                            ? List.of()
                            : departments.stream().filter(it -> it.database() != null).toList();
            for (var department : keepers)
                access.put(
                        department.code(),
                        Objects.requireNonNull(server)
                                .database(Objects.requireNonNull(department.database())));
            if (keepers.isEmpty()) return;
            var city = fillers.submit(() -> new Population(small ? SMALL : WHOLE));
            for (var department : keepers) {
                var name = Objects.requireNonNull(department.database());
                var sheets = Sheets.shipped().of(name, small);
                var its = Objects.requireNonNull(access.get(department.code()));
                filled.put(
                        name,
                        fillers.submit(() -> {
                            Tables.fill(sheets, city.get(), today, its);
                            return name;
                        }));
            }
        }

        List<Cast.Department> all() {
            return keepers;
        }

        Map<String, LocalDatabases.Access> access() {
            return access;
        }

        /** Waits until the tables of a database are there. */
        void await(@Nullable String database) {
            var filling = filled.get(database);
            if (filling == null) return;
            try {
                filling.get();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            } catch (ExecutionException failed) {
                throw new IllegalStateException("filling " + database, failed.getCause());
            }
        }
    }

    private void people(List<Cast.Department> departments) throws IOException {
        var passwords = secrets.passwords();
        for (var department : departments) {
            if (organizations.find(department.code()).isEmpty())
                organizations.add(
                        Actor.PLATFORM,
                        new Organizations.Entry(
                                department.code(),
                                department.name(),
                                department.shortName(),
                                department.nameEn(),
                                Cast.DIVISION,
                                Organization.Level.CITY,
                                null,
                                department == Cast.BUREAU,
                                false,
                                null));
        }
        // hashing their passwords is most of the work
        departments.parallelStream()
                .flatMap(department ->
                        department.players().stream().map(player -> Map.entry(department, player)))
                .filter(one -> people.find(one.getValue().username()).isEmpty())
                .forEach(one -> add(one.getKey(), one.getValue(), passwords));
    }

    private void add(
            Cast.Department department, Cast.Player player, Map<String, String> passwords) {
        people.add(
                Actor.PLATFORM,
                new People.Entry(
                        player.username(), player.name(), department.code(), player.roles(), false),
                Objects.requireNonNull(passwords.get(player.username())),
                false);
    }

    /** One program for each role: four eyes hold for programs as for people. */
    private Secrets.Client client(Cast.Department department, Role role) {
        var stem =
                (department.database() == null ? "bureau" : department.database().substring(3))
                                .replace('_', '-')
                        + "-"
                        + role.name().toLowerCase(Locale.ROOT);
        var clientId = stem;
        // one left by a start that was killed is closed: its secret is lost
        for (int i = 2; programs.find(clientId).isPresent(); i++) {
            var old = programs.find(clientId).orElseThrow();
            programs.change(
                    Actor.PLATFORM,
                    clientId,
                    new Programs.Entry(
                            clientId, old.name(), old.organization(), old.roles(), true));
            clientId = stem + "-" + i;
        }
        var added =
                programs.add(
                        Actor.PLATFORM,
                        new Programs.Entry(
                                clientId,
                                department.shortName() + "对接程序",
                                department.code(),
                                Set.of(role),
                                false));
        return new Secrets.Client(
                clientId,
                Objects.requireNonNull(added.clientSecret()),
                department.code(),
                List.of(role));
    }
}
