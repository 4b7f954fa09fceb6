package shuqiao.demo;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import shuqiao.demo.Makers.Maker;
import shuqiao.demo.Makers.Row;
import shuqiao.demo.Population.Company;
import shuqiao.demo.Population.Human;

/**
 * The rows of a table in the text form of COPY, always the same ones.
 *
 * <ul>
 *   <li>{@code person 0.3 18-60} a part of the people of an age
 *   <li>{@code couple 0.7}, {@code household 1.5}, {@code company 0.9} a part of those, about the
 *       head of the house
 *   <li>{@code count 400} as many about nobody
 * </ul>
 */
final class Rows {

    /** Where lines go. */
    interface Sink {
        void take(String lines) throws IOException;
    }

    private static final int PIECE = 1 << 16;

    private final Sheet sheet;
    private final Population city;
    private final LocalDate today;
    private final Sink sink;
    private final List<Maker> makers;
    private final StringBuilder lines = new StringBuilder(PIECE + 4096);
    private int number;

    private Rows(Sheet sheet, Population city, LocalDate today, Sink sink) {
        this.sheet = sheet;
        this.city = city;
        this.today = today;
        this.sink = sink;
        this.makers = sheet.columns().stream().map(column -> Makers.of(column.maker())).toList();
    }

    static void write(Sheet sheet, Population city, LocalDate today, Sink sink) throws IOException {
        new Rows(sheet, city, today, sink).write();
    }

    private void write() throws IOException {
        var words = sheet.rows().split(" ", -1);
        var part = Double.parseDouble(words[1]);
        switch (words[0]) {
            case "person" -> {
                var ages = (words.length > 2 ? words[2] : "0-120").split("-", 2);
                var from = Integer.parseInt(ages[0]);
                var until = Integer.parseInt(ages[1]);
                for (var human : city.people)
                    if (human.age() >= from && human.age() <= until && chosen(human.number(), part))
                        line(human, null);
            }
            case "couple" -> {
                for (var home : city.households)
                    if (home.spouse() != null && chosen(home.number, part)) line(home.head(), null);
            }
            case "household" -> {
                for (var home : city.households)
                    for (double more = part; more > 0; more--)
                        if (chosen(home.number + (int) (more * 1_000_003), more))
                            line(home.head(), null);
            }
            case "company" -> {
                for (var company : city.companies)
                    if (chosen(company.number(), part)) line(company.legal(), company);
            }
            case "count" -> {
                for (int i = 0; i < (int) part; i++) line(null, null);
            }
            default -> throw new IllegalArgumentException(sheet.rows());
        }
        flush();
    }

    private boolean chosen(int of, double part) {
        return part >= 1 || random(of * 2 + 1).nextDouble() < part;
    }

    private SplittableRandom random(int of) {
        return new SplittableRandom(Population.SEED + 1_000_003L * sheet.table().hashCode() + of);
    }

    private void line(@Nullable Human human, @Nullable Company company) throws IOException {
        var row = new Row(number, human, company, random(number * 2), today, city);
        number++;
        for (int i = 0; i < makers.size(); i++) {
            if (i > 0) lines.append('\t');
            lines.append(makers.get(i).apply(row));
        }
        lines.append('\n');
        if (lines.length() > PIECE) flush();
    }

    private void flush() throws IOException {
        if (!lines.isEmpty()) sink.take(lines.toString());
        lines.setLength(0);
    }
}
