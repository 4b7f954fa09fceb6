package shuqiao.demo;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import shuqiao.standard.CitizenNumber;
import shuqiao.standard.CreditCode;
import shuqiao.standard.OrganizationCode;

/**
 * Synthetic rows in the text form of COPY, always the same. Citizen numbers begin with a division
 * that does not exist (990102), so that none is of a real person, and have valid check characters.
 */
final class Synthetic {

    private static final long SEED = 20261122;
    private static final int PEOPLE = 20_000;
    private static final String SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜";
    private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉建国红志";
    private static final String[] STREETS = {"解放", "人民", "中山", "建设", "和平", "胜利", "朝阳", "长江"};
    private static final String[] INDUSTRIES = {
        "制造业", "批发和零售业", "建筑业", "住宿和餐饮业", "信息传输、软件和信息技术服务业", "农、林、牧、渔业"
    };
    private static final String[] INSURANCES = {"养老保险", "医疗保险", "失业保险", "工伤保险"};
    private static final String CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final DateTimeFormatter COMPACT = DateTimeFormatter.BASIC_ISO_DATE;

    private Synthetic() {}

    /** One of the people of the city; the same number is the same person in every department. */
    private record Human(String idCard, String name, boolean male, LocalDate born, String phone) {}

    private static Human human(int number) {
        var random = new Random(SEED + number);
        var born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(28_000));
        var male = random.nextBoolean();
        var order = (number % 500) * 2 + (male ? 1 : 0);
        var first17 = "990102%s%03d".formatted(born.format(COMPACT), order);
        var name = new StringBuilder();
        name.append(SURNAMES.charAt(random.nextInt(SURNAMES.length())));
        name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
        if (random.nextInt(3) > 0) name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
        // 199… with a fourth digit 0 is given to nobody
        var phone = "1990%07d".formatted(random.nextInt(10_000_000));
        return new Human(
                first17 + CitizenNumber.checkCharacter(first17),
                name.toString(),
                male,
                born,
                phone);
    }

    static String residents() {
        var rows = new StringBuilder();
        var seen = new java.util.HashSet<String>();
        for (int i = 0; i < PEOPLE; i++) {
            var human = human(i);
            if (!seen.add(human.idCard())) continue;
            var random = new Random(SEED * 3 + i);
            line(
                    rows,
                    human.idCard(),
                    human.name(),
                    human.male() ? 1 : 2,
                    human.born(),
                    "云泽市" + pick(STREETS, random) + "路" + (1 + random.nextInt(900)) + "号",
                    random.nextInt(10) == 0 ? "\\N" : human.phone(),
                    random.nextInt(4) == 0 ? human.born().plusYears(20) : "\\N");
        }
        return rows.toString();
    }

    static String lowIncome() {
        var rows = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            var human = human(i * 5);
            var random = new Random(SEED * 5 + i);
            line(
                    rows,
                    i + 1,
                    human.idCard(),
                    human.name(),
                    random.nextInt(8) == 0 ? "\\N" : human.phone(),
                    "990102001%03d".formatted(1 + random.nextInt(60)),
                    1 + random.nextInt(5),
                    300 + random.nextInt(90_000) / 100.0,
                    LocalDate.of(2015, 1, 1).plusDays(random.nextInt(4_000)));
        }
        return rows.toString();
    }

    static String enterprises() {
        var rows = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            var random = new Random(SEED * 7 + i);
            line(
                    rows,
                    creditCode(i),
                    "云泽市"
                            + pick(STREETS, random)
                            + GIVEN.charAt(random.nextInt(GIVEN.length()))
                            + "盛商贸有限公司"
                            + (i + 1)
                            + "号",
                    human(random.nextInt(PEOPLE)).name(),
                    "%d.00".formatted(10_000L * (1 + random.nextInt(5_000))),
                    pick(INDUSTRIES, random),
                    LocalDate.of(1995, 1, 1).plusDays(random.nextInt(11_000)),
                    random.nextInt(9) == 0 ? "注销" : "存续");
        }
        return rows.toString();
    }

    static String insured() {
        var rows = new StringBuilder();
        var seen = new java.util.HashSet<String>();
        for (int i = 0; i < PEOPLE; i += 2) {
            var human = human(i);
            if (!seen.add(human.idCard())) continue;
            var random = new Random(SEED * 11 + i);
            for (int kind = 0; kind < 1 + random.nextInt(INSURANCES.length); kind++)
                line(
                        rows,
                        human.idCard(),
                        INSURANCES[kind],
                        human.name(),
                        random.nextInt(4) == 0 ? "\\N" : creditCode(random.nextInt(5_000)),
                        4_000 + random.nextInt(2_000_000) / 100.0,
                        LocalDate.of(2026, 1, 31).plusDays(random.nextInt(300)));
        }
        return rows.toString();
    }

    private static String creditCode(int number) {
        var random = new Random(SEED * 13 + number);
        var body = new StringBuilder("MA");
        for (int i = 0; i < 6; i++)
            body.append(CREDIT_LETTERS.charAt(random.nextInt(CREDIT_LETTERS.length())));
        var first17 = "91990102" + body + OrganizationCode.checkCharacter(body.toString());
        return first17 + CreditCode.checkCharacter(first17);
    }

    private static String pick(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }

    private static void line(StringBuilder rows, Object... values) {
        for (int i = 0; i < values.length; i++) rows.append(i == 0 ? "" : "\t").append(values[i]);
        rows.append('\n');
    }
}
