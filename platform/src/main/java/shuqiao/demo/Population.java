package shuqiao.demo;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import shuqiao.standard.CitizenNumber;
import shuqiao.standard.CreditCode;
import shuqiao.standard.OrganizationCode;

/**
 * The people and enterprises of the demo city, always the same ones. The same person is the same in
 * every department. Citizen numbers begin with a division that does not exist (990102), so that
 * none is of a real person, and have valid check characters.
 */
final class Population {

    static final long SEED = 20261122;

    /** Ages are counted to this day, whenever the city is first started. */
    private static final LocalDate COUNTED = LocalDate.of(2026, 9, 1);

    private static final String SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜";
    private static final String MALE = "伟强磊军洋勇杰涛明超刚平华建国志文斌辉鹏浩宇峰波亮";
    private static final String FEMALE = "芳娜敏静丽艳娟秀霞桂英玉红玲燕慧婷莉雪梅兰琳倩蓉洁";
    static final String[] STREETS = {
        "解放", "人民", "中山", "建设", "和平", "胜利", "朝阳", "长江", "滨河", "学府", "工农", "新华", "青年", "文昌", "东风"
    };
    private static final String[] INDUSTRIES = {
        "制造业", "批发和零售业", "建筑业", "住宿和餐饮业", "信息传输、软件和信息技术服务业", "农、林、牧、渔业", "交通运输、仓储和邮政业", "租赁和商务服务业"
    };
    private static final String[] TRADES = {
        "机械制造", "商贸", "建筑工程", "餐饮管理", "信息技术", "农业发展", "物流", "企业管理"
    };
    private static final String CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /** Somebody who lives there. */
    record Human(
            int number,
            String id,
            String name,
            boolean male,
            LocalDate born,
            String phone,
            Household home,
            Place place) {

        int age() {
            return (int) ChronoUnit.YEARS.between(born, COUNTED);
        }
    }

    /** The place of a person in the household. */
    enum Place {
        HEAD,
        SPOUSE,
        CHILD,
        ELDER
    }

    /** Those who live together; filled while the city is peopled. */
    static final class Household {

        final int number;
        final String address;
        final String earlier;
        final String village;
        final List<Human> members = new ArrayList<>();

        private Household(int number, SplittableRandom random) {
            this.number = number;
            this.address = address(random);
            this.earlier = address(random);
            this.village = "990102001" + three(1 + random.nextInt(60));
        }

        Human head() {
            return members.getFirst();
        }

        @Nullable Human spouse() {
            return members.size() > 1 && members.get(1).place() == Place.SPOUSE
                    ? members.get(1)
                    : null;
        }
    }

    /** An enterprise. */
    record Company(
            int number,
            String code,
            String name,
            String earlier,
            Human legal,
            long capital,
            String industry,
            LocalDate registered,
            String state) {}

    final List<Human> people = new ArrayList<>();
    final List<Household> households = new ArrayList<>();
    final List<Company> companies = new ArrayList<>();
    private final Set<String> numbers = new HashSet<>();

    Population(int size) {
        while (people.size() < size) household();
        var heads = households.stream().map(Household::head).filter(it -> it.age() < 75).toList();
        for (int i = 0; i < size / 5; i++) companies.add(company(i, heads));
    }

    private void household() {
        var random = new SplittableRandom(SEED + 31L * households.size());
        var home = new Household(households.size(), random);
        households.add(home);
        var age = 23 + random.nextInt(58);
        var couple = random.nextInt(10) < 7;
        var male = couple || random.nextBoolean();
        var head = human(home, Place.HEAD, surname(random), male, age, random);
        if (couple)
            human(
                    home,
                    Place.SPOUSE,
                    surname(random),
                    false,
                    Math.max(22, age - 4 + random.nextInt(7)),
                    random);
        var children =
                age < 24
                        ? 0
                        : couple ? pick(random, 0, 1, 1, 1, 2, 2, 3) : pick(random, 0, 0, 0, 1);
        for (int i = 0; i < children; i++) {
            var child = age - 23 - random.nextInt(12) - i;
            if (child >= 0 && child < 26)
                human(
                        home,
                        Place.CHILD,
                        head.name().charAt(0),
                        random.nextBoolean(),
                        child,
                        random);
        }
        if (age < 62 && random.nextInt(3) == 0)
            human(
                    home,
                    Place.ELDER,
                    head.name().charAt(0),
                    random.nextBoolean(),
                    Math.min(97, age + 22 + random.nextInt(9)),
                    random);
    }

    private Human human(
            Household home,
            Place place,
            char surname,
            boolean male,
            int age,
            SplittableRandom random) {
        var born = COUNTED.minusYears(age).minusDays(random.nextInt(365));
        var order = random.nextInt(500) * 2 + (male ? 1 : 0);
        String first17;
        do {
            first17 = "990102" + compact(born) + three(order);
            order = (order + 2) % 1000;
        } while (!numbers.add(first17));
        var given = male ? MALE : FEMALE;
        var name = new StringBuilder().append(surname);
        name.append(given.charAt(random.nextInt(given.length())));
        if (random.nextInt(3) > 0) name.append(given.charAt(random.nextInt(given.length())));
        // 199… with a fourth digit 0 is given to nobody
        var phone = "1990" + (1_000_000 + random.nextInt(9_000_000));
        var human =
                new Human(
                        people.size(),
                        first17 + CitizenNumber.checkCharacter(first17),
                        name.toString(),
                        male,
                        born,
                        phone,
                        home,
                        place);
        people.add(human);
        home.members.add(human);
        return human;
    }

    private static Company company(int number, List<Human> heads) {
        var random = new SplittableRandom(SEED * 7 + number);
        var trade = random.nextInt(TRADES.length);
        var word =
                ""
                        + MALE.charAt(random.nextInt(MALE.length()))
                        + FEMALE.charAt(random.nextInt(FEMALE.length()))
                        + MALE.charAt(random.nextInt(MALE.length()));
        var place =
                pick(random, "云泽市", "云泽" + pick(random, STREETS), "云泽市" + pick(random, STREETS));
        return new Company(
                number,
                creditCode("91", number),
                place + word + TRADES[trade] + "有限公司",
                place + word + pick(random, "实业", "贸易", "科技") + "有限公司",
                heads.get(random.nextInt(heads.size())),
                10_000L * (1 + random.nextInt(5_000)),
                INDUSTRIES[trade],
                LocalDate.of(1995, 1, 1).plusDays(random.nextInt(11_000)),
                pick(random, "存续", "存续", "存续", "存续", "存续", "存续", "存续", "注销"));
    }

    /** A valid code of division 990102; always the same one for a number of a kind. */
    static String creditCode(String kind, int number) {
        var body = new StringBuilder("MA");
        // every number has its own five characters; the sixth only looks like chance
        var left = number;
        for (int i = 0; i < 5; i++) {
            body.append(CREDIT_LETTERS.charAt((left + 7 * i) % 31));
            left /= 31;
        }
        body.append(CREDIT_LETTERS.charAt((number * 13 + 5) % 31));
        var first17 = kind + "990102" + body + OrganizationCode.checkCharacter(body.toString());
        return first17 + CreditCode.checkCharacter(first17);
    }

    /** A number of another place, valid as well. */
    static String stranger(SplittableRandom random) {
        var born = LocalDate.of(1965, 1, 1).plusDays(random.nextInt(15_000));
        var first17 =
                "990" + (210 + random.nextInt(40)) + compact(born) + three(random.nextInt(1000));
        return first17 + CitizenNumber.checkCharacter(first17);
    }

    /** The nth school of the city; its kind goes by the number. */
    static String school(int number) {
        var place = "云泽市" + STREETS[number % STREETS.length];
        var order = "一二三四五六七八九".charAt(number / STREETS.length % 9);
        return switch (number % 8) {
            case 0, 1, 2, 3 -> place + "第" + order + "小学";
            case 4, 5 -> place + "第" + order + "初级中学";
            case 6 -> place + "第" + order + "高级中学";
            default -> place + "第" + order + "幼儿园";
        };
    }

    static String schoolKind(int number) {
        return switch (number % 8) {
            case 0, 1, 2, 3 -> "小学";
            case 4, 5 -> "初级中学";
            case 6 -> "高级中学";
            default -> "幼儿园";
        };
    }

    static String address(SplittableRandom random) {
        return "云泽市"
                + pick(random, STREETS)
                + "路"
                + (1 + random.nextInt(900))
                + "号"
                + (random.nextInt(3) == 0
                        ? ""
                        : (1 + random.nextInt(20))
                                + "幢"
                                + (101 + random.nextInt(6) + 100 * random.nextInt(17))
                                + "室");
    }

    private static char surname(SplittableRandom random) {
        return SURNAMES.charAt(random.nextInt(SURNAMES.length()));
    }

    private static int pick(SplittableRandom random, int... of) {
        return of[random.nextInt(of.length)];
    }

    private static String pick(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static String three(int number) {
        return (number < 10 ? "00" : number < 100 ? "0" : "") + number;
    }

    private static String compact(LocalDate day) {
        return "" + (day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth());
    }
}
