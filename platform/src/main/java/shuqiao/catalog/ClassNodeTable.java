package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Conflict;

@Repository
class ClassNodeTable {

    private static final String COLUMNS =
            "full_code, parent_full_code, node_code, name, name_en, depth, national";

    private static final int NODES_MAX = 20_000;

    private final JdbcClient db;

    ClassNodeTable(JdbcClient db) {
        this.db = db;
    }

    void insert(ClassNode node) {
        try {
            db.sql(
                            """
                            insert into catalog.class_node
                                (full_code, parent_full_code, node_code, name, name_en, depth)
                            values (:fullCode, :parent, :code, :name, :nameEn, :depth)
                            """)
                    .param("fullCode", node.fullCode())
                    .param("parent", node.parentFullCode())
                    .param("code", node.nodeCode())
                    .param("name", node.name())
                    .param("nameEn", node.nameEn())
                    .param("depth", node.depth())
                    .update();
        } catch (DuplicateKeyException _) {
            throw new Conflict(
                    "catalog:class-exists", Map.of("code", node.fullCode(), "name", node.name()));
        }
    }

    Optional<ClassNode> find(String fullCode) {
        return db.sql("select " + COLUMNS + " from catalog.class_node where full_code = :code")
                .param("code", fullCode)
                .query(ClassNodeTable::row)
                .optional();
    }

    List<ClassNode> all() {
        return db.sql(
                        "select "
                                + COLUMNS
                                + " from catalog.class_node order by full_code collate \"C\" limit "
                                + NODES_MAX)
                .query(ClassNodeTable::row)
                .list();
    }

    private static ClassNode row(ResultSet rs, int number) throws SQLException {
        return new ClassNode(
                rs.getString("full_code"),
                rs.getString("parent_full_code"),
                rs.getString("node_code"),
                rs.getString("name"),
                rs.getString("name_en"),
                rs.getInt("depth"),
                rs.getBoolean("national"));
    }
}
