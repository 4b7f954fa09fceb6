package shuqiao.shell;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import shuqiao.kernel.Allows;
import shuqiao.kernel.WorkingDays;

/** The components with all their states on one page, for those who build and test pages. */
@Controller
class StylePages {

    private static final int PERIOD = 10;

    private final Clocks clocks;
    private final WorkingDays days;

    StylePages(Clocks clocks, WorkingDays days) {
        this.clocks = clocks;
        this.days = days;
    }

    @GetMapping("/style")
    @Allows
    String style(Model model) {
        var today = days.today();
        model.addAttribute(
                "chips",
                List.of(6, 3, 0, -2).stream()
                        .map(left -> clocks.chip(due(today, left), false))
                        .toList());
        model.addAttribute("estimated", clocks.chip(due(today, 9), true));
        model.addAttribute("stopped", clocks.stopped());
        model.addAttribute("answered", clocks.answered(6));
        model.addAttribute(
                "rulers",
                List.of(3, 0, -2).stream()
                        .map(left -> clocks.ruler(due(today, left - PERIOD), due(today, left)))
                        .toList());
        model.addAttribute(
                "marks",
                List.of(
                        new Mark("提交", "11-11 16:20", "done"),
                        new Mark("受理", "材料齐全", "done"),
                        new Mark("提供部门答复", "剩 3 个工作日", "now"),
                        new Mark("接入", "", "later"),
                        new Mark("使用中", "", "later")));
        model.addAttribute(
                "failedMarks",
                List.of(new Mark("提交", "", "done"), new Mark("写入", "目标库拒绝连接", "failed")));
        model.addAttribute(
                "facts",
                List.of(
                        new Fact("数据专员拟答复", "周敏　正在办理", "now"),
                        new Fact("受理", "11-11 16:20　材料齐全", "done"),
                        new Fact("运行失败", "11-11 16:10　第 2 次", "failed"),
                        new Fact("提交申请", "11-11 16:00　宋雨", "open")));
        model.addAttribute(
                "choices",
                List.of(
                        new Choice("all", "全部同意", "12 项按申请提供"),
                        new Choice("part", "部分同意", "选择信息项、行和脱敏方式"),
                        new Choice("none", "不同意", "逐条写明法定依据")));
        model.addAttribute("words", words());
        model.addAttribute("picked", List.of("name"));
        model.addAttribute(
                "chosen", List.of(new Chosen("有条件共享", "/style"), new Chosen("每日", "/style")));
        model.addAttribute("errors", Map.of("wrong-field", "写明哪些部门、用于什么事项可以使用"));
        return "shell/style";
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("name", "姓名");
        words.put("born", "出生日期");
        return words;
    }

    /** The day from which, or to which, so many working days are left. */
    private LocalDate due(LocalDate today, int workingDays) {
        var date = today;
        for (int left = Math.abs(workingDays); left > 0; ) {
            date = date.plusDays(workingDays > 0 ? 1 : -1);
            if (days.isWorkingDay(date)) left--;
        }
        return date;
    }
}
