package shuqiao.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.ParquetType.Kind;

/**
 * A Parquet file written from the tuples of a binary COPY: two row groups in memory, one being
 * filled while the other is packed by a second thread.
 */
final class ParquetFile implements FileWriter {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUP_ROWS_MAX = 122_880;
    private static final int GROUP_BYTES_MAX = 24 << 20;
    private static final int LEVEL = 1;
    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int GZIP = 2;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int RLE_DICTIONARY = 8;
    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;

    private static final class Group {
        final List<ParquetColumn> columns = new ArrayList<>();
        int rows;
        boolean last;

        Group(List<TargetColumn> like) {
            for (var column : like)
                columns.add(new ParquetColumn(column.name(), ParquetType.of(column.type())));
        }
    }

    private record Chunk(long dictionaryAt, long dataAt, long values, long unpacked, long packed) {}

    private record Written(int rows, List<Chunk> chunks) {}

    private final OutputStream file;
    private final List<TargetColumn> columns;
    private final Optional<String> watermark;
    private final BlockingQueue<Group> free = new ArrayBlockingQueue<>(2);
    private final BlockingQueue<Group> filled = new ArrayBlockingQueue<>(2);
    private final List<Written> written = new ArrayList<>();
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final byte[] packedPart = new byte[64 << 10];
    private final Thread packer;
    private volatile @Nullable RuntimeException broken;
    private Group group;
    private long position;

    ParquetFile(OutputStream file, List<TargetColumn> columns, Optional<String> watermark) {
        this.file = file;
        this.columns = columns;
        this.watermark = watermark;
        this.group = new Group(columns);
        free.add(new Group(columns));
        this.packer = Thread.ofPlatform().daemon().name("shuqiao-file-writer").start(this::pack);
    }

    @Override
    public String copyFormat() {
        return "binary";
    }

    @Override
    public boolean asText(TargetColumn column) {
        return ParquetType.of(column.type()).kind() == Kind.AS_TEXT;
    }

    @Override
    public String expression(TargetColumn column, String name) {
        return ParquetType.of(column.type()).kind() == Kind.AS_TEXT
                ? name + "::pg_catalog.text"
                : name;
    }

    @Override
    public void begin() throws IOException {
        put(MAGIC, MAGIC.length);
    }

    @Override
    public boolean row(CopyRows rows) throws IOException {
        if (!rows.nextTuple()) return false;
        var tuple = rows.take();
        try {
            row(tuple, rows.length());
        } catch (IndexOutOfBoundsException cutShort) {
            throw StrangeAnswer.of("a row that is cut short");
        }
        return true;
    }

    private void row(byte[] tuple, int end) throws IOException {
        var at = 2;
        var bytes = 0;
        for (var column : group.columns) {
            var length =
                    tuple[at] << 24
                            | (tuple[at + 1] & 0xff) << 16
                            | (tuple[at + 2] & 0xff) << 8
                            | tuple[at + 3] & 0xff;
            at += 4;
            if (length > end - at) throw StrangeAnswer.of("a row that is cut short");
            if (length < 0) column.none();
            else {
                column.add(tuple, at, length);
                at += length;
            }
            bytes += column.bytes();
        }
        group.rows++;
        if (group.rows == GROUP_ROWS_MAX || bytes > GROUP_BYTES_MAX) next(false);
    }

    private void next(boolean last) {
        group.last = last;
        try {
            filled.put(group);
            if (last) packer.join();
            else group = free.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineFailure(Reason.CANCELLED, Map.of(), stopped);
        }
        var failed = broken;
        if (failed != null) throw failed;
    }

    @Override
    public void end() throws IOException {
        next(true);
        var footer = footer();
        put(footer, footer.length);
        var length = new byte[4];
        for (var i = 0; i < 4; i++) length[i] = (byte) (footer.length >> 8 * i);
        put(length, 4);
        put(MAGIC, MAGIC.length);
        deflater.end();
    }

    @Override
    public void abandon() {
        packer.interrupt();
    }

    // row groups, by the second thread

    private void pack() {
        try {
            while (true) {
                var taken = filled.take();
                if (broken == null && taken.rows > 0) {
                    try {
                        written.add(pack(taken));
                    } catch (IOException failed) {
                        broken = FileSink.failure(failed);
                    } catch (RuntimeException failed) {
                        broken = failed; // the other side learns it with its next row group
                    }
                }
                if (taken.last) return;
                taken.rows = 0;
                taken.columns.forEach(ParquetColumn::clear);
                free.put(taken);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Written pack(Group taken) throws IOException {
        var chunks = new ArrayList<Chunk>();
        for (var i = 0; i < columns.size(); i++)
            chunks.add(chunk(taken.columns.get(i), columns.get(i).nullable()));
        return new Written(taken.rows, chunks);
    }

    private Chunk chunk(ParquetColumn column, boolean nullable) throws IOException {
        var begin = position;
        var unpacked = 0L;
        var dictionaryAt = 0L;
        if (column.isIndexed()) {
            dictionaryAt = position;
            unpacked +=
                    page(
                            DICTIONARY_PAGE,
                            column.distinct(),
                            PLAIN,
                            column.plain(),
                            column.plainLength());
        }
        var dataAt = position;
        var page = new Levels();
        if (nullable) page.defined(column);
        if (column.isIndexed()) page.indexes(column);
        else page.write(column.plain(), 0, column.plainLength());
        unpacked +=
                page(
                        DATA_PAGE,
                        column.rows(),
                        column.isIndexed() ? RLE_DICTIONARY : PLAIN,
                        page.bytes(),
                        page.size());
        return new Chunk(dictionaryAt, dataAt, column.rows(), unpacked, position - begin);
    }

    /** A buffer whose bytes can be read where they are. */
    private static final class Levels extends ByteArrayOutputStream {

        byte[] bytes() {
            return buf;
        }

        /** One level for each row: a single run where nothing is null, else bits. */
        void defined(ParquetColumn column) {
            var levels = new ByteArrayOutputStream();
            var rows = column.rows();
            if (column.values() == rows || column.values() == 0) {
                varint(levels, rows << 1);
                levels.write(column.values() == 0 ? 0 : 1);
            } else {
                var groups = (rows + 7) / 8;
                varint(levels, groups << 1 | 1);
                levels.write(column.defined(), 0, groups);
            }
            for (var i = 0; i < 4; i++) write(levels.size() >> 8 * i);
            writeBytes(levels.toByteArray());
        }

        /** Indexes in as few bits as the largest needs, eight by eight. */
        void indexes(ParquetColumn column) {
            var width = Math.max(1, 32 - Integer.numberOfLeadingZeros(column.distinct() - 1));
            if (column.distinct() == 0) width = 1;
            write(width);
            var groups = (column.values() + 7) / 8;
            varint(this, groups << 1 | 1);
            var bits = 0L;
            var count = 0;
            for (var i = 0; i < groups * 8; i++) {
                var index = i < column.values() ? column.indexes()[i] : 0;
                bits |= (long) index << count;
                count += width;
                while (count >= 8) {
                    write((int) bits);
                    bits >>>= 8;
                    count -= 8;
                }
            }
        }

        private static void varint(ByteArrayOutputStream out, int value) {
            var rest = value;
            while ((rest & ~0x7F) != 0) {
                out.write(rest & 0x7F | 0x80);
                rest >>>= 7;
            }
            out.write(rest);
        }
    }

    /** Returns its size before packing, with its head. */
    private long page(int type, int values, int encoding, byte[] bytes, int length)
            throws IOException {
        var packed = new ByteArrayOutputStream(length / 4 + 64);
        gzip(bytes, length, packed);
        var head = new Thrift().item().number(1, type).number(2, length).number(3, packed.size());
        if (type == DATA_PAGE)
            head.struct(5)
                    .number(1, values)
                    .number(2, encoding)
                    .number(3, RLE)
                    .number(4, RLE)
                    .end();
        else head.struct(7).number(1, values).number(2, encoding).end();
        var headBytes = head.end().toBytes();
        put(headBytes, headBytes.length);
        packed.writeTo(file);
        position += packed.size();
        return headBytes.length + length;
    }

    private void gzip(byte[] bytes, int length, ByteArrayOutputStream packed) {
        packed.writeBytes(GZIP_HEAD);
        deflater.reset();
        deflater.setInput(bytes, 0, length);
        deflater.finish();
        while (!deflater.finished()) packed.write(packedPart, 0, deflater.deflate(packedPart));
        var check = new CRC32();
        check.update(bytes, 0, length);
        for (var i = 0; i < 4; i++) packed.write((int) (check.getValue() >> 8 * i));
        for (var i = 0; i < 4; i++) packed.write(length >> 8 * i);
    }

    private void put(byte[] bytes, int length) throws IOException {
        file.write(bytes, 0, length);
        position += length;
    }

    // metadata

    private byte[] footer() {
        var meta = new Thrift().item().number(1, 1);
        meta.list(2, Thrift.STRUCT, columns.size() + 1);
        meta.item().text(4, "rows").number(5, columns.size()).end();
        for (var column : columns) element(meta, column, ParquetType.of(column.type()));
        meta.large(3, written.stream().mapToLong(Written::rows).sum());
        meta.list(4, Thrift.STRUCT, written.size());
        for (var one : written) group(meta, one);
        if (watermark.isPresent())
            meta.list(5, Thrift.STRUCT, 1)
                    .item()
                    .text(1, "shuqiao.watermark")
                    .text(2, watermark.get())
                    .end();
        return meta.text(6, "shuqiao version 1").end().toBytes();
    }

    private static void element(Thrift meta, TargetColumn column, ParquetType type) {
        meta.item().number(1, type.physical());
        if (type.physical() == ParquetType.FIXED) meta.number(2, type.size());
        meta.number(3, column.nullable() ? 1 : 0).text(4, column.name());
        switch (type.kind()) {
            case TEXT, AS_TEXT -> meta.number(6, 0).struct(10).struct(1).end().end();
            case DATE -> meta.number(6, 6).struct(10).struct(6).end().end();
            case SMALLINT -> meta.number(6, 16);
            case INTEGER -> meta.number(6, 17);
            case BIGINT -> meta.number(6, 18);
            case TIMESTAMP, TIMESTAMP_WITH_ZONE -> {
                var utc = type.kind() == Kind.TIMESTAMP_WITH_ZONE;
                if (utc) meta.number(6, 10);
                meta.struct(10).struct(8).flag(1, utc);
                meta.struct(2).struct(2).end().end().end().end();
            }
            case DECIMAL ->
                    meta.number(6, 5)
                            .number(7, type.scale())
                            .number(8, type.precision())
                            .struct(10)
                            .struct(5)
                            .number(1, type.scale())
                            .number(2, type.precision())
                            .end()
                            .end();
            case UUID -> meta.struct(10).struct(14).end().end();
            case BOOLEAN, REAL, DOUBLE, BYTES -> {}
        }
        meta.end();
    }

    private void group(Thrift meta, Written one) {
        meta.item().list(1, Thrift.STRUCT, columns.size());
        var total = 0L;
        for (var i = 0; i < columns.size(); i++) {
            var chunk = one.chunks().get(i);
            total += chunk.unpacked();
            var indexed = chunk.dictionaryAt() > 0;
            meta.item().large(2, indexed ? chunk.dictionaryAt() : chunk.dataAt());
            meta.struct(3).number(1, ParquetType.of(columns.get(i).type()).physical());
            meta.list(2, Thrift.I32, 3).number(PLAIN).number(RLE).number(RLE_DICTIONARY);
            meta.list(3, Thrift.BINARY, 1).text(columns.get(i).name());
            meta.number(4, GZIP).large(5, chunk.values());
            meta.large(6, chunk.unpacked()).large(7, chunk.packed()).large(9, chunk.dataAt());
            if (indexed) meta.large(11, chunk.dictionaryAt());
            meta.end().end();
        }
        meta.large(2, total).large(3, one.rows()).end();
    }
}
