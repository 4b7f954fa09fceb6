package shuqiao.catalog;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Clock;
import shuqiao.kernel.OpenEntries;
import shuqiao.organization.Organizations;

/** What the open portal shows of the catalog: published, valid, and marked open. */
@Component
record OpenList(Catalog catalog, Organizations organizations) implements OpenEntries {

    @Override
    public long total() {
        return catalog.openResources().size();
    }

    @Override
    public List<Entry> newest(int most, Locale locale) {
        return catalog.openResources().stream()
                .sorted(Comparator.comparing(PublishedResource::publishedAt).reversed())
                .limit(most)
                .map(resource -> entry(resource, locale))
                .toList();
    }

    private Entry entry(PublishedResource resource, Locale locale) {
        return new Entry(
                resource.code(),
                resource.name(),
                resource.description().summary(),
                organizations
                        .find(resource.provider())
                        .map(provider -> provider.nameIn(locale))
                        .orElse(resource.provider()),
                resource.sharingKind() == SharingKind.UNCONDITIONAL,
                LocalDate.ofInstant(resource.publishedAt(), Clock.ZONE).toString());
    }
}
