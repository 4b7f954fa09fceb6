package shuqiao.demo;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final Secrets secrets;
    private final Story story;
    private final Organizations organizations;
    private final People people;
    private final Programs programs;
    private final Sources sources;
    private final SiteSettings settings;
    private final ObjectProvider<LocalDatabases> local;

    DemoCity(
            Secrets secrets,
            Story story,
            Organizations organizations,
            People people,
            Programs programs,
            Sources sources,
            SiteSettings settings,
            ObjectProvider<LocalDatabases> local) {
        this.secrets = secrets;
        this.story = story;
        this.organizations = organizations;
        this.people = people;
        this.programs = programs;
        this.sources = sources;
        this.settings = settings;
        this.local = local;
    }

    @EventListener
    @Order(10)
    void open(Opening opening) throws IOException, SQLException {
        if (secrets.exists()) {
            follow(opening.baseUrl());
            return;
        }
        var unfinished = people.find(Cast.BUREAU.players().getFirst().username()).isPresent();
        if (opening.empty() || !people.nobody() && !unfinished) return;
        build(opening.baseUrl());
    }

    private void follow(String baseUrl) throws IOException {
        var databases = databases();
        var before = secrets.lastPort();
        var now =
                databases.values().stream()
                        .findFirst()
                        .map(access -> shuqiao.engine.DatabaseAddress.parse(access.url()).port())
                        .orElse(before);
        if (before != now)
            LOG.info("{} demo connections follow the database", sources.moved(before, now));
        secrets.rewrite(baseUrl, databases);
    }

    private void build(String baseUrl) throws IOException, SQLException {
        LOG.info("building the demo city 云泽市");
        settings.put(SiteSettings.DEMO, "true");
        settings.put(SiteSettings.NAME, "云泽市政务数据共享网站");
        settings.put(SiteSettings.NAME_EN, "Yunze Government Data Sharing");
        settings.put(SiteSettings.OPERATOR, "云泽市大数据管理中心");
        var databases = databases();
        for (var department : Cast.DEPARTMENTS) {
            var access = databases.get(department.code());
            if (access != null) Tables.fill(department, access);
        }
        LOG.info("filled {} departments' databases", databases.size());
        people();
        var clients = new ArrayList<Secrets.Client>();
        for (var department : Cast.DEPARTMENTS)
            for (var role : department.programRoles().stream().sorted().toList())
                clients.add(client(department, role));
        story.tell(databases);
        secrets.write(baseUrl, clients, databases);
        LOG.info("the demo city is there; who may log in stands in demo.json of the home");
    }

    private Map<String, LocalDatabases.Access> databases() {
        var databases = new LinkedHashMap<String, LocalDatabases.Access>();
        var server = local.getIfAvailable();
        if (server == null) return databases;
        for (var department : Cast.DEPARTMENTS) {
            var name = department.database();
            if (name != null) databases.put(department.code(), server.database(name));
        }
        return databases;
    }

    private void people() throws IOException {
        var passwords = secrets.passwords();
        for (var department : Cast.DEPARTMENTS) {
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
                                false));
            for (var player : department.players())
                if (people.find(player.username()).isEmpty())
                    people.add(
                            Actor.PLATFORM,
                            new People.Entry(
                                    player.username(),
                                    player.name(),
                                    department.code(),
                                    player.roles(),
                                    false),
                            java.util.Objects.requireNonNull(passwords.get(player.username())),
                            false);
        }
    }

    /** One program for each role: four eyes hold for programs as for people. */
    private Secrets.Client client(Cast.Department department, Role role) {
        var stem =
                (department.database() == null ? "bureau" : department.database().substring(3))
                                .replace('_', '-')
                        + "-"
                        + role.name().toLowerCase(java.util.Locale.ROOT);
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
        return new Secrets.Client(clientId, added.clientSecret(), department.code(), List.of(role));
    }
}
