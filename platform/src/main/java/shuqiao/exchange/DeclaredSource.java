package shuqiao.exchange;

import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.PublishedResource;
import shuqiao.line.Place;
import shuqiao.sharing.Grant;
import shuqiao.source.Sources;

/** The source of a grant, read as the version that was decided on says. */
@Component
class DeclaredSource {

    private final Sources sources;
    private final Catalog catalog;

    DeclaredSource(Sources sources, Catalog catalog) {
        this.sources = sources;
        this.catalog = catalog;
    }

    /** Rows that row security hides are left out only where the provider declared it there. */
    Place of(Grant grant, long source) {
        return sources.place(source).withRowSecurity(isPart(grant));
    }

    private boolean isPart(Grant grant) {
        return catalog.version(grant.resource(), grant.version())
                .map(PublishedResource::rowSecurity)
                .orElse(false);
    }
}
