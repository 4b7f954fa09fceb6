package shuqiao.source;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.Column;
import shuqiao.engine.Database;
import shuqiao.engine.Hearsay;
import shuqiao.engine.Table;
import shuqiao.engine.Tls;
import shuqiao.engine.TypeKind;

/** What the API shows; a password is not among it. */
final class SourceViews {

    private SourceViews() {}

    record SourceView(
            long id,
            String organization,
            String name,
            String jdbcUrl,
            String username,
            Tls.Mode tlsMode,
            @Nullable String caCertificate,
            int maxConnections,
            @Nullable Double maxMegabytesPerSecond,
            long statementTimeoutSeconds,
            long lockTimeoutSeconds,
            @Nullable String allowedFrom,
            @Nullable String allowedUntil,
            Instant createdAt,
            Instant changedAt,
            int revision,
            boolean addressChangeWaits,
            @Nullable Boolean goesOnOutside) {

        static SourceView of(Source it) {
            return of(it, false, null);
        }

        /**
         * @param outside whether its address lies in no network that may be dialled; null where
         *     nobody looked
         */
        static SourceView of(Source it, boolean changeWaits, @Nullable Boolean outside) {
            var rate = it.limits().megabytesPerSecond();
            return new SourceView(
                    it.id(),
                    it.organization(),
                    it.name(),
                    it.address().jdbcUrl(),
                    it.username(),
                    it.tls().mode(),
                    it.tls().caPem().orElse(null),
                    it.limits().maxConnections(),
                    rate.isPresent() ? rate.getAsDouble() : null,
                    it.limits().statementTimeout().toSeconds(),
                    it.limits().lockTimeout().toSeconds(),
                    it.hours().map(hours -> hours.from().toString()).orElse(null),
                    it.hours().map(hours -> hours.until().toString()).orElse(null),
                    it.createdAt(),
                    it.changedAt(),
                    it.revision(),
                    changeWaits,
                    outside);
        }
    }

    /**
     * A new address that waits for a second person.
     *
     * @param presentJdbcUrl what is used until then
     */
    record AddressChangeView(
            long id,
            long source,
            String organization,
            String name,
            String presentJdbcUrl,
            String presentUsername,
            Tls.Mode presentTlsMode,
            String jdbcUrl,
            String username,
            Tls.Mode tlsMode,
            boolean caCertificateChanges,
            String askedBy,
            Instant askedAt) {
        static AddressChangeView of(AddressChange it) {
            var present = it.source();
            return new AddressChangeView(
                    it.id(),
                    present.id(),
                    present.organization(),
                    present.name(),
                    present.address().jdbcUrl(),
                    present.username(),
                    present.tls().mode(),
                    it.address().jdbcUrl(),
                    it.username(),
                    it.tls().mode(),
                    !it.tls().caPem().equals(present.tls().caPem()),
                    it.askedByName(),
                    it.askedAt());
        }
    }

    /**
     * @param encoding in which the database keeps its texts; {@code SQL_ASCII} is none at all
     * @param limits that its administrator has set for our account, such as {@code
     *     statement_timeout}
     * @param superuser a warning: a user that may do anything should not be lent to us
     */
    record ConnectionView(
            String serverVersion,
            String encoding,
            List<LimitView> limits,
            String user,
            boolean superuser,
            boolean readOnly,
            double latencyMilliseconds) {
        static ConnectionView of(Database.Report it) {
            return new ConnectionView(
                    it.serverVersion(),
                    it.encoding(),
                    it.limits().stream()
                            .map(limit -> new LimitView(limit.name(), limit.value()))
                            .toList(),
                    it.user(),
                    it.superuser(),
                    it.readOnly(),
                    it.latency().toNanos() / 1_000 / 1_000.0);
        }
    }

    /**
     * @param value with its unit, as PostgreSQL writes it
     */
    record LimitView(String name, String value) {}

    record SchemaView(String name) {}

    /**
     * @param readable whether our user may select from it at all
     * @param columns how many it has, how many of them our user may select, and how many of these
     *     can be carried
     */
    record TableSummaryView(
            String schema,
            String name,
            Table.Kind kind,
            @Nullable String comment,
            @Nullable Long rowEstimate,
            long bytes,
            boolean readable,
            Table.Columns columns) {
        static TableSummaryView of(Table.Summary it) {
            return new TableSummaryView(
                    it.schema(),
                    it.name(),
                    it.kind(),
                    it.comment().orElse(null),
                    boxed(it.rowEstimate()),
                    it.bytes(),
                    it.readable(),
                    it.columns());
        }

        /** As of {@link Table.Summary}. */
        public boolean draftable() {
            return readable && columns.all() > 0;
        }
    }

    record TableView(
            String schema,
            String name,
            Table.Kind kind,
            @Nullable String comment,
            @Nullable Long rowEstimate,
            long bytes,
            boolean readable,
            List<String> key,
            List<List<String>> uniqueKeys,
            List<HearsayView> hearsay,
            List<ColumnView> columns) {
        static TableView of(Table it) {
            var summary = it.summary();
            return new TableView(
                    summary.schema(),
                    summary.name(),
                    summary.kind(),
                    summary.comment().orElse(null),
                    boxed(summary.rowEstimate()),
                    summary.bytes(),
                    summary.readable(),
                    it.key(),
                    it.uniqueKeys(),
                    it.hearsay().stream().map(HearsayView::of).toList(),
                    it.columns().stream().map(ColumnView::of).toList());
        }
    }

    /**
     * What stands under a table and shows rows that we cannot look behind.
     *
     * @param by the foreign server, or the owner of the materialized view
     */
    record HearsayView(Hearsay.Kind kind, String schema, String table, String by) {
        static HearsayView of(Hearsay it) {
            return new HearsayView(it.kind(), it.schema(), it.table(), it.by());
        }
    }

    /**
     * @param largeObject its values are numbers of large objects, whose content would stay behind
     * @param carriedAs the type it would have in a target; absent when it cannot be carried
     * @param readable whether our user may select it
     */
    record ColumnView(
            String name,
            int position,
            String type,
            TypeKind kind,
            @Nullable Integer length,
            boolean nullable,
            @Nullable String comment,
            @Nullable String carriedAs,
            boolean identity,
            boolean generated,
            boolean largeObject,
            boolean readable) {
        static ColumnView of(Column it) {
            return new ColumnView(
                    it.name(),
                    it.position(),
                    it.type(),
                    it.kind(),
                    it.lengthMax().isPresent() ? it.lengthMax().getAsInt() : null,
                    it.nullable(),
                    it.comment().orElse(null),
                    it.carried().orElse(null),
                    it.identity(),
                    it.generated(),
                    it.isLargeObject(),
                    it.readable());
        }
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
