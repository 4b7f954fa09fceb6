package shuqiao.demo;

import static shuqiao.demo.Cast.*;

import java.sql.SQLException;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.catalog.DataUpdates;
import shuqiao.engine.FileFormat;
import shuqiao.exchange.Exchange;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Messages;
import shuqiao.notice.NoticeBoard;
import shuqiao.onesource.Comparisons;
import shuqiao.onesource.OneSource;
import shuqiao.reminder.Reminders;
import shuqiao.schedule.Rhythm;
import shuqiao.schedule.Schedules;
import shuqiao.sharing.Decisions;
import shuqiao.sharing.Disputes;
import shuqiao.sharing.Extensions;
import shuqiao.sharing.Grants;
import shuqiao.sharing.Profiles;
import shuqiao.sharing.RenewalEntry;
import shuqiao.sharing.Renewals;
import shuqiao.sharing.Sharing;
import shuqiao.upkeep.Endings;
import shuqiao.upkeep.LiveChecks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A year of the whole city: how its catalog came to be, who asked whom for what, what was
 * delivered, and what waits for whom today.
 */
@Component
class Past {

    private static final Logger LOG = LoggerFactory.getLogger(Past.class);

    private static final String PRIVACY = "《中华人民共和国个人信息保护法》第六条、第二十八条";
    private static final LocalTime MORNING = LocalTime.of(9, 5);

    private final Shelf shelf;
    private final Profiles profiles;
    private final Sharing sharing;
    private final Decisions decisions;
    private final Disputes disputes;
    private final Extensions extensions;
    private final Renewals renewals;
    private final Grants grants;
    private final Exchange exchange;
    private final Schedules schedules;
    private final DataUpdates updates;
    private final LiveChecks checks;
    private final Endings endings;
    private final OneSource sources;
    private final Comparisons comparisons;
    private final NoticeBoard notices;
    private final Reminders reminders;
    private final JsonMapper json;
    private Map<String, LocalDatabases.Access> databases = Map.of();

    Past(
            Shelf shelf,
            Profiles profiles,
            Sharing sharing,
            Decisions decisions,
            Disputes disputes,
            Extensions extensions,
            Renewals renewals,
            Grants grants,
            Exchange exchange,
            Schedules schedules,
            DataUpdates updates,
            LiveChecks checks,
            Endings endings,
            OneSource sources,
            Comparisons comparisons,
            NoticeBoard notices,
            Reminders reminders,
            JsonMapper json) {
        this.shelf = shelf;
        this.profiles = profiles;
        this.sharing = sharing;
        this.decisions = decisions;
        this.disputes = disputes;
        this.extensions = extensions;
        this.renewals = renewals;
        this.grants = grants;
        this.exchange = exchange;
        this.schedules = schedules;
        this.updates = updates;
        this.checks = checks;
        this.endings = endings;
        this.sources = sources;
        this.comparisons = comparisons;
        this.notices = notices;
        this.reminders = reminders;
        this.json = json;
    }

    /**
     * Notes the whole year.
     *
     * @param filled waits until the database of that name has its tables
     */
    void note(
            Chronicle.Telling telling,
            Map<String, LocalDatabases.Access> departmentDatabases,
            java.util.function.Consumer<String> filled) {
        databases = departmentDatabases;
        telling.on(
                telling.day(357),
                MORNING,
                "rules",
                () -> {
                    profiles.adopt("SEED_2017");
                    shelf.classify(false);
                });
        if (databases.isEmpty()) return;
        for (var sheet : Sheets.shipped().all(false)) catalog(telling, sheet, filled);
        delivered(telling);
        disputed(telling);
        trial(telling);
        waiting(telling);
        night(telling);
        standing(telling);
        kept(telling);
        sources(telling);
        told(telling);
    }

    /** People have read what is older; on the last working day the clock reminded them. */
    private void told(Chronicle.Telling telling) {
        var read = telling.workday(4).atTime(LocalTime.NOON).atZone(Clock.ZONE).toInstant();
        telling.on(
                telling.workday(1),
                LocalTime.of(17, 40),
                "reminders",
                () -> {
                    notices.readBefore(read);
                    LOG.info("{} reminders", reminders.look());
                });
    }

    // ---- the catalog ----

    private static final int[] STEPS = {2, 4, 7, 8};

    private void catalog(
            Chronicle.Telling telling, Sheet sheet, java.util.function.Consumer<String> filled) {
        var minute = Math.floorMod(sheet.table().hashCode(), 110);
        var morning = LocalTime.of(9, 0).plusMinutes(minute);
        telling.on(
                telling.day(sheet.day()),
                morning,
                "draft " + sheet.table(),
                () -> {
                    filled.accept(sheet.database());
                    shelf.draft(sheet, databases);
                });
        for (int i = 0; i < STEPS.length; i++)
            telling.on(
                    telling.day(Math.max(1, sheet.day() - STEPS[i])),
                    morning.plusMinutes(60L + 20L * i),
                    i + " " + sheet.table(),
                    () -> shelf.step(sheet));
        var later = sheet.stage() == Sheet.Standing.NEXT_VERSION ? 12 : 38;
        if (!sheet.note().isEmpty())
            telling.on(
                    telling.day(later), morning, "later " + sheet.table(), () -> shelf.step(sheet));
    }

    // ---- requests that were answered, and what was delivered ----

    private void delivered(Chronicle.Telling telling) {
        ask(telling, POLICE, "village")
                .purpose("BUSINESS_COOPERATION")
                .filter("[{\"field\":\"province_code\",\"op\":\"eq\",\"value\":\"21\"}]")
                .asked(334, "户籍地址标准化", "户籍地址标准化，核对村（社区）名称与代码")
                .delivered(333, "village_liaoning")
                .filed(2, FileFormat.XLSX);
        ask(telling, SOCIAL_SECURITY, "enterprise")
                .purpose("DATA_VERIFICATION")
                .asked(325, "用人单位参保登记", "参保单位名称、状态与登记信息核对，注销企业停止征收")
                .delivered(324, "enterprise")
                .delivered(150, "enterprise");
        ask(telling, MEDICAL, "resident")
                .purpose("DATA_VERIFICATION")
                .fields("id_card", "name", "gender", "birth_date")
                .asked(322, "城乡居民医保参保登记", "参保人身份核验，剔除重复参保和姓名录入错误；只要四项，不要住址和电话")
                .accepted(321)
                .prepared(318, "所申请的四项为身份核验必需，建议同意。")
                .granted(317, "同意提供。请在参保年度结束后三十日内删除未参保人员数据。")
                .delivered(316, "resident_check")
                .delivered(90, "resident_check");
        ask(telling, EDUCATION, "resident")
                .fields("id_card", "name", "birth_date", "address", "phone")
                .filter("[{\"field\":\"birth_date\",\"op\":\"ge\",\"value\":\"2008-09-01\"}]")
                .until(11)
                .asked(314, "义务教育阶段入学审核", "适龄儿童少年入学资格审核，核对户籍地址与学区")
                .accepted(313)
                .prepared(309, "联系电话由学校向家长采集，户籍登记的电话陈旧率高，建议不提供；住址同意提供。")
                .grantedInPart(
                        308,
                        List.of("id_card", "name", "birth_date", "address"),
                        Map.of(),
                        "联系电话不是入学审核所必需，且登记电话约一成五已变更，不予提供。")
                .delivered(307, "school_age");
        ask(telling, CIVIL_AFFAIRS, "real_estate")
                .fields("owner_id", "owner", "location", "area", "use", "state")
                .filter("[{\"field\":\"state\",\"op\":\"eq\",\"value\":\"现势\"}]")
                .asked(312, "社会救助家庭经济状况核对", "申请低保、特困家庭的不动产核对，按月比对")
                .accepted(311)
                .prepared(305, "依据社会救助暂行办法第五十八条，同意提供现势权属。")
                .granted(304, "同意。仅限社会救助核对，核对结果须经申请人授权。")
                .delivered(303, "real_estate")
                .delivered(121, "real_estate");
        ask(telling, HOUSING, "marriage")
                .fields("man_id", "woman_id", "registered")
                .asked(306, "公租房申请资格审核", "核验申请家庭婚姻状况，免交结婚证复印件")
                .accepted(305)
                .prepared(300, "同意提供双方证件号和登记日期。")
                .granted(299, "同意提供，免于群众提交纸质证明。")
                .delivered(296, "marriage");
        ask(telling, TAX, "enterprise")
                .purpose("BUSINESS_COOPERATION")
                .asked(302, "新办纳税人信息确认", "新设立、变更、注销登记信息用于税务登记确认");
        ask(telling, DISABLED, "low_income")
                .fields("id_card", "name", "monthly")
                .until(64)
                .asked(298, "困难残疾人生活补贴", "低保家庭中的残疾人自动比对，做到应补尽补")
                .accepted(297)
                .prepared(293, "用途与共享条件一致，建议同意。")
                .granted(292, "同意提供。")
                .delivered(291, "low_income")
                .delivered(60, "low_income");
        ask(telling, HOUSING_FUND, "house_contract")
                .fields("buyer_id", "project", "room", "price", "filed", "state")
                .asked(294, "购房提取住房公积金", "提取公积金时核验购房合同备案真实性")
                .accepted(293)
                .prepared(288, "同意提供有效合同。")
                .granted(287, "同意。")
                .delivered(285, "house_contract");
        ask(telling, MARKET, "taxpayer")
                .purpose("DATA_VERIFICATION")
                .asked(286, "吊销未注销企业清理", "比对税务登记状态，清理长期停业未经营企业")
                .delivered(285, opens(telling), "taxpayer");
        ask(telling, FINANCE, "land_contract")
                .fields("contractor_no", "id_card", "name", "village_code", "area")
                .until(-20)
                .asked(278, "耕地地力保护补贴发放", "以确权面积核定补贴面积")
                .accepted(277)
                .prepared(270, "同意按确权面积提供，发放年度内有效。")
                .granted(269, "同意，期限至本年度补贴发放结束。")
                .delivered(268, "land_contract");
        ask(telling, CIVIL_AFFAIRS, "vehicle")
                .fields("plate", "owner_id", "owner", "kind", "registered", "state")
                .asked(266, "社会救助家庭经济状况核对", "核对申请家庭机动车情况")
                .accepted(265)
                .prepared(259, "号牌号码与救助核对无关，建议不提供，其余同意。")
                .grantedInPart(
                        258,
                        List.of("owner_id", "owner", "kind", "registered", "state"),
                        Map.of(),
                        "号牌号码超出核对所需，按最小必要不予提供。")
                .delivered(256, "vehicle");
        ask(telling, TRANSPORT, "driver")
                .fields("id_card", "class_code", "first_issued", "state")
                .until(6)
                .asked(262, "道路运输从业资格考试报名审核", "核验驾驶证准驾车型和取得年限，免交驾驶证复印件")
                .accepted(261)
                .prepared(255, "只返回准驾车型、初次领证日期、状态，符合共享条件。")
                .granted(254, "同意。")
                .delivered(252, "driver");
        ask(telling, CULTURE, "veteran")
                .fields("card_no", "kind", "state")
                .purpose("BUSINESS_COOPERATION")
                .asked(246, "A 级景区退役军人优待", "景区凭优待证免票，核验证件有效性")
                .accepted(245)
                .prepared(240, "只提供证号、类别、状态，不含身份信息。")
                .granted(239, "同意。")
                .delivered(238, "veteran");
        ask(telling, EMERGENCY, "pollutant_permit")
                .purpose("WORK_REFERENCE")
                .asked(203, "重点企业风险排查", "排污重点管理企业与危险化学品企业名单比对")
                .delivered(202, "pollutant_permit");
        ask(telling, APPROVAL, "hospital")
                .purpose("BUSINESS_COOPERATION")
                .asked(192, "诊所备案一件事", "联办平台核对已备案诊所名称和地址，防止重名")
                .delivered(191, "hospital");
        ask(telling, AGRICULTURE, "enterprise")
                .purpose("WORK_REFERENCE")
                .filter("[{\"field\":\"industry\",\"op\":\"eq\",\"value\":\"农、林、牧、渔业\"}]")
                .asked(174, "农业龙头企业监测", "农业企业存续状态监测")
                .delivered(173, "farm_enterprise");
        ask(telling, DISABLED, "chronic")
                .fields("id_card", "name", "approved", "valid_until")
                .masks(Map.of("name", "name"))
                .asked(134, "残疾人医疗康复救助", "核验是否享受门诊慢特病待遇，避免重复救助")
                .accepted(133)
                .prepared(128, "病种不提供，姓名脱敏，建议同意。")
                .granted(127, "同意，不含病种。")
                .delivered(126, "chronic")
                .revoked(47, "年度检查发现数据被用于社会公益活动名单筛选，超出授权用途；停止提供，请在五个工作日内删除并书面报告。");
    }

    // ---- requests that were not simply granted ----

    private void disputed(Chronicle.Telling telling) {
        ask(telling, EMERGENCY, "resident")
                .fields("id_card", "name", "address", "phone")
                .asked(118, "灾害预警短信发送", "按住址向群众发送灾害预警短信")
                .accepted(117)
                .prepared(112, "全量电话用于群发，超出最小必要，建议不予提供。")
                .refused(111, "全市户籍人口联系方式用于短信群发超出最小必要范围；预警短信可通过基础电信企业按区域发送，无需个人信息。", PRIVACY);
        ask(telling, CULTURE, "service_case")
                .purpose("WORK_REFERENCE")
                .asked(98, "旅行社许可办件分析", "统计旅行社许可办件时长")
                .withdrawn(96, "改用行政审批服务局按月提供的汇总数，不需要明细。");
        ask(telling, LAND, "fund_loan")
                .fields("contract_no", "id_card", "name", "amount", "overdue")
                .asked(92, "抵押注销登记", "办理抵押注销时核验贷款结清情况")
                .accepted(91)
                .prepared(86, "逾期情况属个人信用信息，与抵押注销无关。")
                .grantedInPart(
                        85,
                        List.of("contract_no", "id_card", "amount"),
                        Map.of(),
                        "逾期情况与抵押注销登记无关，不予提供。")
                .negotiated(82, "核验借款人姓名可减少同号误办，请求增加姓名一项。")
                .kept(78, "借款合同号与证件号已能唯一对应，维持原答复。");
        ask(telling, VETERANS, "real_estate")
                .fields("owner_id", "location", "area", "state")
                .asked(164, "退役军人住房困难优待", "审核优待对象家庭住房情况")
                .accepted(163)
                .prepared(156, "申请中没有写明核验频次和对象范围，建议不予提供。")
                .refused(155, "未明确查询对象范围，存在批量查询个人财产信息的风险。", PRIVACY)
                .negotiated(152, "查询对象限于提出申请的优待对象，每年一次，约四百户。")
                .kept(148, "仍建议由当事人自行查询后提交。")
                .appealed(146, "由当事人自行查询与“免证办”要求不符，请求协调。")
                .awarded(
                        140,
                        "PROVIDE_IN_PART",
                        List.of("owner_id", "area", "state"),
                        "住房优待属于依法履职，数据可以提供；坐落与审核无关，不提供。提供部门应在五个工作日内完成授权。");
        ask(telling, JUSTICE, "destitute")
                .fields("id_card", "name", "mode")
                .asked(188, "法律援助经济困难核验", "特困供养人员申请法律援助免于审查经济状况")
                .accepted(187)
                .prepared(180, "共享条件未列法律援助，建议不予提供。")
                .refused(179, "目录所列共享条件不含法律援助事项。", PRIVACY)
                .negotiated(176, "《法律援助法》第四十二条规定特困供养人员免予核查，请求提供。")
                .kept(172, "请先由主管部门明确目录口径。")
                .appealed(171, "法律已有明确规定，请求协调。")
                .awarded(
                        166, "PROVIDE", null, "法律规定免予核查经济困难状况的人员，由有关部门提供核验，应予提供；民政部门在下一版目录中补充该用途。");
        ask(telling, EMERGENCY, "driver")
                .fields("id_card", "name", "class_code", "points")
                .asked(108, "应急救援驾驶人员储备", "筛选大型货车驾驶人作为应急运输储备")
                .accepted(107)
                .prepared(102, "记分情况属于敏感个人信息，且筛选名单应由当事人自愿报名。")
                .refused(101, "储备人员应自愿报名，不能以共享数据代替征求本人意见。", PRIVACY)
                .negotiated(97, "仅用于初筛，后续逐人征求意见。")
                .kept(94, "维持原答复。")
                .appealed(93, "请主管部门协调。")
                .awarded(88, "UPHOLD", null, "初筛会使大量未报名人员的信息被使用，提供部门的答复符合最小必要原则，予以维持。");
        ask(telling, AGRICULTURE, "real_estate")
                .fields("owner_id", "location", "area", "use")
                .asked(27, "农村危房改造对象认定", "核验申请户在城镇有无住房")
                .accepted(26)
                .prepared(20, "坐落应限定为申请户。")
                .refused(19, "申请未附对象名单，无法限定范围。", PRIVACY)
                .negotiated(6, "已补充名单制管理办法，对象共 216 户，请求重新答复。");
        ask(telling, HEALTH, "student")
                .fields("id_card", "name", "school", "grade", "guardian", "guardian_id")
                .asked(32, "学生常见病监测", "学校卫生监测抽样和结果反馈")
                .accepted(31)
                .prepared(25, "监护人信息与抽样无关，建议部分提供。")
                .grantedInPart(
                        25,
                        List.of("id_card", "name", "school", "grade"),
                        Map.of("name", "name"),
                        "监护人信息不是抽样所必需，姓名脱敏提供。")
                .negotiated(20, "结果需要反馈到监护人，请求提供监护人姓名。")
                .kept(16, "可由学校转达，维持原答复。")
                .appealed(5, "由学校转达时效不足，涉及传染病防控，请主管部门协调。");
    }

    // ---- the weeks in which the new regulations were tried ----

    private void trial(Chronicle.Telling telling) {
        telling.on(
                telling.workday(24),
                LocalTime.of(8, 40),
                "trial",
                () -> profiles.choose(systemAdministrator(), "REG_2025"));
        telling.on(
                telling.workday(15),
                LocalTime.of(17, 50),
                "trial over",
                () -> profiles.choose(systemAdministrator(), "SEED_2017"));
        ask(telling, HOUSING, "fund_account")
                .fields("id_card", "name", "monthly", "state")
                .asked(18, "公租房收入审核", "以缴存额核验申请家庭收入")
                .accepted(14)
                .extensionAsked(6, 8, "缴存系统正在升级，区间字段改造需要八个工作日。")
                .extended(5, 8);
        ask(telling, LAND, "house_contract")
                .fields("contract_no", "buyer_id", "room", "state")
                .purpose("BUSINESS_COOPERATION")
                .asked(16, "不动产首次转移登记", "网签合同自动带入登记申请表")
                .accepted(9)
                .extensionAsked(2, 5, "涉及 2019 年以前迁入合同的比对，需要与原房管系统核对。");
    }

    // ---- what waits today ----

    private void waiting(Chronicle.Telling telling) {
        ask(telling, HOUSING_FUND, "marriage")
                .fields("man_id", "woman_id", "registered")
                .asked(14, "夫妻共同还贷提取公积金", "核验借款人婚姻关系，免交结婚证")
                .accepted(13);
        ask(telling, JUSTICE, "low_income")
                .fields("id_card", "name", "since")
                .masks(Map.of("name", "name"))
                .asked(12, "法律援助经济困难核验", "低保对象申请法律援助免于审查经济状况")
                .accepted(12);
        ask(telling, TRANSPORT, "disability_card")
                .fields("card_no", "level", "valid_until")
                .asked(11, "残疾人免费乘车卡办理", "核验残疾人证有效期和等级")
                .accepted(11);
        ask(telling, CIVIL_AFFAIRS, "fund_account")
                .fields("id_card", "name", "monthly", "balance", "state")
                .asked(10, "社会救助家庭经济状况核对", "核对申请家庭公积金缴存情况，余额按区间返回即可")
                .accepted(9);
        ask(telling, FINANCE, "low_income")
                .fields("id_card", "name", "household", "monthly")
                .asked(9, "困难群众救助补助资金测算", "按在保人数和保障标准测算下年度资金")
                .accepted(8)
                .prepared(2, "资金测算用汇总数即可满足，但财政部门需抽查，建议同意提供，姓名脱敏。");
        ask(telling, MARKET, "low_income")
                .fields("id_card", "name")
                .asked(6, "个体工商户登记费减免", "核验个体工商户登记费减免对象")
                .accepted(5);
        ask(telling, AGRICULTURE, "pension")
                .fields("id_card", "name", "kind", "monthly")
                .purpose("DATA_VERIFICATION")
                .asked(8, "", "惠农补贴对象核对")
                .returned(5, "没有写明对应事项和使用频次，请补充后再送；如只核对是否领取待遇，请去掉月待遇金额。");
        ask(telling, DISABLED, "pension")
                .fields("id_card", "kind")
                .asked(4, "重度残疾人护理补贴", "核验是否已享受工伤护理待遇，避免重复")
                .accepted(3);
        ask(telling, APPROVAL, "resident")
                .fields("id_card", "name", "address")
                .asked(3, "政务服务自动填表", "群众办事时自动带出户籍地址，免于填写");
        ask(telling, VETERANS, "disability_card")
                .fields("card_no", "kind", "level")
                .asked(1, "残疾退役军人优待", "伤残等级与残疾人证等级比对");
        ask(telling, TAX, "disability_card")
                .fields("id_card", "card_no", "valid_until")
                .asked(7, "残疾人个人所得税减征", "核验减征资格，免于逐年提交残疾人证")
                .accepted(6)
                .prepared(1, "只返回证号和有效期，建议同意。");
        ask(telling, EDUCATION, "birth")
                .fields("child_id", "child", "born", "mother_id")
                .drafted(2, "幼儿园招生摸底", "按出生年份测算三年内入园人数，拟只要汇总");
        ask(telling, POLICE, "fund_account")
                .fields("id_card", "name", "state")
                .purpose("WORK_REFERENCE")
                .drafted(1, "", "积分落户缴存年限核验，等内部会签后再送");
        telling.on(
                telling.workday(2),
                LocalTime.of(9, 25),
                "renewal",
                () -> {
                    var steward = steward(EDUCATION);
                    var before = request(EDUCATION, Sheets.shipped().table("resident"));
                    var renewal =
                            renewals.renew(
                                    steward,
                                    grant(EDUCATION, before),
                                    new RenewalEntry(
                                            telling.today().plusDays(370).toString(),
                                            "下一学年入学审核继续使用，范围不变",
                                            null));
                    sharing.send(reviewer(EDUCATION), renewal.id());
                });
    }

    // ---- the tax service works at night: one delivery failed, two wait for their hour ----

    /** When the database of the tax service is open; never now, whenever the first start is. */
    private static LocalTime opens(Chronicle.Telling telling) {
        var now = telling.time();
        return now.isAfter(LocalTime.of(6, 30)) && now.isBefore(LocalTime.of(21, 0))
                ? LocalTime.of(22, 8)
                : LocalTime.of(12, 8);
    }

    private void night(Chronicle.Telling telling) {
        var open = opens(telling);
        var byNight = open.getHour() > 20;
        var from = byNight ? "22:00" : "12:00";
        var until = byNight ? "06:00" : "14:00";
        telling.on(
                telling.day(340),
                MORNING,
                "hours",
                () -> shelf.sourceWithHours(TAX, databases, from, until));
        ask(telling, TAX, "self_employed")
                .purpose("BUSINESS_COOPERATION")
                .asked(80, "个体工商户税务登记确认", "个体工商户登记信息用于税务登记确认")
                .delivered(79, open, "self_employed");
        ask(telling, TAX, "real_estate")
                .fields("unit_no", "owner_id", "location", "area", "use")
                .masks(Map.of("owner_id", "id-card"))
                .asked(72, "房产税税源核查", "税源登记与不动产权属比对")
                .accepted(71)
                .prepared(66, "证件号脱敏后提供。")
                .granted(65, "同意，证件号脱敏。")
                .delivered(64, open, "real_estate");
        var night = telling.workday(3);
        var enterprise = Sheets.shipped().table("enterprise");
        telling.on(
                telling.day(301),
                open,
                "enterprise to tax",
                () -> deliver(TAX, request(TAX, enterprise), "enterprise"));
        var selfEmployed = Sheets.shipped().table("self_employed");
        telling.on(
                night,
                LocalTime.of(10, 20),
                "refresh",
                () -> ask(TAX, request(TAX, selfEmployed), "self_employed"));
        telling.on(
                night,
                LocalTime.of(11, 30),
                "column",
                () -> addColumn(TAX, "self_employed", "tax_office"));
        telling.on(night, open, "fails", () -> waitForRun(TAX));
        for (var sheet : List.of(enterprise, Sheets.shipped().table("real_estate")))
            telling.on(
                    telling.today(),
                    telling.time().minusMinutes(25),
                    "tonight " + sheet.table(),
                    () -> ask(TAX, request(TAX, sheet), sheet.table()));
    }

    // ---- standing orders, made last: none of their turns is in the past ----

    private void standing(Chronicle.Telling telling) {
        order(telling, DISABLED, "low_income", "06:30");
        order(telling, SOCIAL_SECURITY, "enterprise", "05:40");
    }

    private void order(
            Chronicle.Telling telling, Cast.Department consumer, String table, String time) {
        telling.on(
                telling.today(),
                telling.time().minusMinutes(5),
                "order " + table,
                () ->
                        schedules.make(
                                steward(consumer),
                                new Exchange.Wish(
                                        grant(
                                                consumer,
                                                request(consumer, Sheets.shipped().table(table))),
                                        shelf.source(consumer, databases),
                                        "exchange",
                                        table,
                                        "snapshot",
                                        false),
                                new Rhythm.OnWorkingDays(LocalTime.parse(time))));
    }

    // ---- what is published stays true, but for one of each ----

    /** Updated in time but for one entry, which its steward forgot; a table that was widened. */
    private void kept(Chronicle.Telling telling) {
        telling.on(
                telling.workday(1),
                LocalTime.of(17, 20),
                "updates",
                () -> {
                    for (var sheet : Sheets.shipped().all(false))
                        if (sheet.stage() == Sheet.Standing.PUBLISHED
                                || sheet.stage() == Sheet.Standing.NEXT_VERSION)
                            updates.say(
                                    steward(keeper(sheet.database())),
                                    shelf.resource(sheet.table()),
                                    new DataUpdates.Entry(
                                            sheet.table().equals("destitute")
                                                    ? telling.day(52).toString()
                                                    : telling.workday(1).toString(),
                                            ""));
                });
        telling.on(
                telling.workday(2),
                LocalTime.of(9, 50),
                "widened",
                () -> {
                    var steward = steward(CIVIL_AFFAIRS);
                    var resource = shelf.resource("care_home");
                    checks.check(steward, resource, Messages.CHINESE);
                    var access = databases.get(CIVIL_AFFAIRS.code());
                    if (access != null) Tables.widen(access, "care_home", "star_level", "等级评定");
                    checks.check(steward, resource, Messages.CHINESE);
                });
        telling.on(
                telling.workday(1),
                LocalTime.of(16, 10),
                "moved",
                () -> shelf.asksToMove(CULTURE, databases));
        telling.on(
                telling.day(7),
                LocalTime.of(15, 30),
                "ending",
                () ->
                        endings.announce(
                                reviewer(ENVIRONMENT),
                                shelf.resource("pollutant_permit"),
                                new Endings.Entry(
                                        telling.today().plusDays(30).toString(),
                                        "排污许可信息改由全国排污许可证管理信息平台统一提供，请改用该平台的接口。")));
    }

    // ---- whose an item is ----

    private static final String CITIZEN = "公民身份号码";
    private static final String CREDIT = "统一社会信用代码";

    /** Values were compared, the authority named two sources, and some departments answered. */
    private void sources(Chronicle.Telling telling) {
        telling.on(
                telling.workday(12),
                LocalTime.of(16, 20),
                "sketches",
                () -> {
                    // its database is used in some hours only: the clock compares when they come
                    comparisons.agree(
                            steward(TAX), shelf.resource("taxpayer"), List.of("taxpayer_no"));
                    compared(MARKET, "enterprise", "credit_code");
                });
        named(telling, 8, CITIZEN, "resident", "户籍登记由公安机关负责，公民身份号码由公安机关编制（《居民身份证法》第三条）。");
        named(telling, 7, CREDIT, "enterprise", "企业的统一社会信用代码由登记机关赋予。");
        answered(telling, 5, MEDICAL, "medical_insured", false, "");
        answered(telling, 4, CIVIL_AFFAIRS, "low_income", true, "申请时须当场核对原件；每月与户籍人口信息比对一次。");
    }

    /** The department agrees to a comparison of the column, and has it made. */
    private void compared(Cast.Department department, String table, String column) {
        var steward = steward(department);
        comparisons.agree(steward, shelf.resource(table), List.of(column));
        comparisons.compare(steward, shelf.resource(table));
    }

    private void named(
            Chronicle.Telling telling, int ago, String item, String table, String reason) {
        telling.on(
                telling.workday(ago),
                LocalTime.of(10, 40),
                "source " + table,
                () ->
                        sources.decide(
                                Cast.authority(),
                                item,
                                new OneSource.Naming(
                                        shelf.resource(table),
                                        reason,
                                        telling.today().plusDays(9).toString())));
    }

    private void answered(
            Chronicle.Telling telling,
            int ago,
            Cast.Department department,
            String table,
            boolean keeps,
            String reason) {
        telling.on(
                telling.workday(ago),
                LocalTime.of(11, 20),
                "duplicate " + table,
                () ->
                        sources.answer(
                                steward(department),
                                shelf.resource(table),
                                CITIZEN,
                                keeps,
                                reason));
    }

    // ---- what cases use ----

    private Case ask(Chronicle.Telling telling, Cast.Department consumer, String table) {
        return new Case(this, telling, consumer, table);
    }

    Shelf shelf() {
        return shelf;
    }

    Sharing sharing() {
        return sharing;
    }

    Decisions decisions() {
        return decisions;
    }

    Disputes disputes() {
        return disputes;
    }

    Extensions extensions() {
        return extensions;
    }

    Grants grants() {
        return grants;
    }

    JsonNode json(String text) {
        return json.readTree(text);
    }

    /** The request of a department for a table; a renewal is newer. */
    long request(Cast.Department consumer, Sheet sheet) {
        return sharing
                .list(steward(consumer), null, shelf.resource(sheet.table()), Shelf.ALL)
                .items()
                .stream()
                .filter(it -> it.consumer().equals(consumer.code()))
                .reduce((_, older) -> older)
                .orElseThrow()
                .id();
    }

    long grant(Cast.Department consumer, long request) {
        return grants.list(steward(consumer), null, request, Shelf.ALL).items().getFirst().id();
    }

    String ask(Cast.Department consumer, long request, String target) {
        return exchange.ask(
                        steward(consumer),
                        new Exchange.Wish(
                                grant(consumer, request),
                                shelf.source(consumer, databases),
                                "exchange",
                                target,
                                "snapshot",
                                false))
                .id();
    }

    void deliver(Cast.Department consumer, long request, String target) {
        var run = ask(consumer, request, target);
        if (!Story.waitFor(exchange, steward(consumer), run))
            LOG.warn("run {} of the demo city is not over yet", run);
    }

    void file(Cast.Department consumer, long request, FileFormat format) {
        var run =
                exchange.ask(
                        steward(consumer), Exchange.Wish.file(grant(consumer, request), format));
        if (!Story.waitFor(exchange, steward(consumer), run.id()))
            LOG.warn("run {} of the demo city is not over yet", run.id());
    }

    private void waitForRun(Cast.Department consumer) {
        var newest = exchange.list(steward(consumer), null, null, Shelf.ALL).items().getFirst();
        Story.waitFor(exchange, steward(consumer), newest.id());
    }

    /** Their own administrator widens a table that was delivered, and tells nobody. */
    private void addColumn(Cast.Department department, String table, String column)
            throws SQLException {
        var access = databases.get(department.code());
        if (access != null) Tables.addColumn(access, table, column);
    }

    private static Actor systemAdministrator() {
        return Cast.player(BUREAU, shuqiao.kernel.Role.SYSTEM_ADMIN);
    }
}
