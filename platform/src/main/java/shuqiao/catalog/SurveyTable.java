package shuqiao.catalog;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sums the six numbers of the survey over the versions that are valid. */
@Repository
class SurveyTable {

    private final JdbcClient db;

    SurveyTable(JdbcClient db) {
        this.db = db;
    }

    List<Surveys.Sum> sums() {
        return db.sql(
                        """
                        select provider, count(*) as resources,
                            count(*) filter (where (six ->> 'storage')::numeric > 0
                                or (six ->> 'records')::numeric > 0) as filled,
                            coalesce(sum((six ->> 'storage')::numeric), 0) as storage,
                            coalesce(sum((six ->> 'records')::numeric), 0) as records,
                            coalesce(sum((six ->> 'sharedStorage')::numeric), 0) as shared_storage,
                            coalesce(sum((six ->> 'sharedRecords')::numeric), 0) as shared_records,
                            coalesce(sum((six ->> 'openStorage')::numeric), 0) as open_storage,
                            coalesce(sum((six ->> 'openRecords')::numeric), 0) as open_records
                        from (
                            select r.provider, v.snapshot #> '{description,survey}' as six
                            from catalog.resource r
                            join catalog.version v on v.resource = r.id and v.number = r.published_version
                            where r.stage <> 'WITHDRAWN') s
                        group by provider order by provider
                        """)
                .query((rs, _) ->
                        new Surveys.Sum(
                                rs.getString("provider"),
                                rs.getLong("resources"),
                                rs.getLong("filled"),
                                new Survey(
                                        rs.getBigDecimal("storage"),
                                        rs.getLong("records"),
                                        rs.getBigDecimal("shared_storage"),
                                        rs.getLong("shared_records"),
                                        rs.getBigDecimal("open_storage"),
                                        rs.getLong("open_records"))))
                .list();
    }
}
