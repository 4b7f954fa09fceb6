package shuqiao.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Role;
import shuqiao.kernel.Telling;
import shuqiao.kernel.Tells;
import shuqiao.kernel.Unknown;
import shuqiao.organization.Organization;
import shuqiao.organization.OrganizationEvent.OrganizationChanged;
import shuqiao.organization.Organizations;

/** Reads and writes resources for the doors: who may see which, and what a search finds them by. */
@Component
record Records(
        ResourceTable resources,
        VersionTable versions,
        ReviewTable reviews,
        EntryTable entries,
        Dues dues,
        Organizations organizations)
        implements Tells {

    Resource insert(Resource resource) {
        var saved = find(resources.insert(resource));
        entries.put(saved, department(saved.provider()));
        return saved;
    }

    Resource save(Resource resource) {
        var saved = resources.save(resource);
        entries.put(saved, department(saved.provider()));
        if (saved.isWithdrawn()) dues.forget(saved.id());
        return saved;
    }

    /** Keeps the version for ever, and lets others find it. */
    void publish(Resource published, Mount mount) {
        versions.insert(published, mount);
        entries.publish(published, mount, department(published.provider()));
        dues.renew(published.id());
    }

    void score(long resource, int score) {
        entries.score(resource, score);
    }

    /** Keys of the department's names that begin with this one. */
    Set<String> namesLike(String provider, String key) {
        return resources.namesLike(provider, key);
    }

    String lastClass(String provider) {
        return resources.lastClass(provider);
    }

    /** Of the department, without those that are withdrawn. */
    List<Resource> ofProvider(String provider, int limit) {
        return resources.ofProvider(provider, limit);
    }

    /** In the order in which they were found, as the finder may see them. */
    List<Catalog.Listed> listed(List<Finding.Hit> hits) {
        var codes = new HashMap<Long, String>();
        var descriptions = new HashMap<Long, Description>();
        for (var it : resources.find(ids(hits, true))) {
            if (it.code() != null) codes.put(it.id(), it.code());
            descriptions.put(it.id(), it.description());
        }
        for (var it : versions.current(ids(hits, false))) {
            codes.put(it.id(), it.code());
            descriptions.put(it.id(), it.description());
        }
        var listed = new ArrayList<Catalog.Listed>();
        for (var hit : hits) {
            var description = descriptions.get(hit.id());
            if (description != null)
                listed.add(
                        new Catalog.Listed(
                                hit.id(),
                                codes.get(hit.id()),
                                hit.provider(),
                                hit.stage(),
                                description));
        }
        return listed;
    }

    private static List<Long> ids(List<Finding.Hit> hits, boolean inside) {
        return hits.stream().filter(hit -> hit.inside() == inside).map(Finding.Hit::id).toList();
    }

    /** Whether anybody took a step with it beside writing it. */
    boolean isReviewed(long id) {
        return !reviews.of(id).isEmpty();
    }

    /** The version that is valid, of a resource that is being worked on. */
    Optional<PublishedResource> current(long id) {
        return versions.current(id);
    }

    /** Takes a draft away that nobody else has seen. */
    void remove(Resource draft) {
        entries.remove(draft.id());
        if (!resources.delete(draft))
            throw new Conflict("catalog:changed-meanwhile", Map.of("resource", draft.id()));
    }

    /** The resource as it is, which nobody else changes until the transaction ends. */
    Resource lock(long id) {
        return resources.lock(id).orElseThrow(() -> new Unknown("resource", id));
    }

    Resource find(long id) {
        return resources.find(id).orElseThrow(() -> new Unknown("resource", id));
    }

    /** A resource of the actor's department; those of others are unknown to this step. */
    Resource own(Actor actor, long id) {
        var resource = find(id);
        if (!actor.belongsTo(resource.provider())) {
            sight(actor, id);
            actor.requireOrganization(resource.provider());
        }
        return resource;
    }

    Sight sight(Actor actor, long id) {
        var resource = find(id);
        var published = versions.current(id);
        var inside =
                actor.belongsTo(resource.provider())
                        || (actor.has(Role.AUTHORITY) && waitsForAuthority(resource));
        if (inside) return sight(resource, published);
        return published
                .map(version -> sight(resource, version))
                .orElseThrow(() -> new Unknown("resource", id));
    }

    private Sight sight(Resource it, Optional<PublishedResource> published) {
        return new Sight(
                it.id(),
                it.code(),
                it.provider(),
                providerName(it.provider()),
                it.version(),
                it.state().stage(),
                it.state().reason(),
                it.description(),
                it.mount(),
                it.publishedVersion(),
                published.map(PublishedResource::publishedAt).orElse(null),
                it.createdAt(),
                it.changedAt(),
                it.revision(),
                true,
                reviews.of(it.id()));
    }

    private Sight sight(Resource it, PublishedResource version) {
        return new Sight(
                it.id(),
                version.code(),
                it.provider(),
                providerName(it.provider()),
                version.version(),
                version.withdrawn() ? Stage.WITHDRAWN : Stage.PUBLISHED,
                version.withdrawn() ? it.state().reason() : "",
                version.description(),
                Optional.empty(),
                version.version(),
                version.publishedAt(),
                it.createdAt(),
                version.publishedAt(),
                it.revision(),
                false,
                List.of());
    }

    @Override
    public List<Telling<?>> tellings() {
        return List.of(new Telling<>("catalog.renamed", OrganizationChanged.class, this::follow));
    }

    private void follow(OrganizationChanged changed) {
        entries.rename(changed.code(), department(changed.code()));
    }

    /** All that the department is called, as a search looks for it. */
    private String department(String provider) {
        return organizations
                .find(provider)
                .map(it -> Words.folded(it.name() + " " + it.shortName() + " " + it.nameEn()))
                .orElse("");
    }

    private String providerName(String code) {
        return organizations.find(code).map(Organization::name).orElse(code);
    }

    private static boolean waitsForAuthority(Resource resource) {
        return switch (resource.state().stage()) {
            case DEPARTMENT_APPROVED, APPROVED -> true;
            case DRAFT, SUBMITTED, PUBLISHED, RETURNED, WITHDRAWN -> false;
        };
    }
}
