package shuqiao.demo;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/** The buttons of the guided tour. */
@Controller
class TourPages {

    private final Tour tour;

    TourPages(Tour tour) {
        this.tour = tour;
    }

    @PostMapping("/tour/next")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String next(Actor actor) {
        return "redirect:" + tour.next(actor);
    }

    @PostMapping("/tour/skip")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String skip(Actor actor) {
        tour.skip(actor);
        return "redirect:/";
    }

    @PostMapping("/tour/again")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String again(Actor actor) {
        tour.again(actor);
        return "redirect:/";
    }
}
