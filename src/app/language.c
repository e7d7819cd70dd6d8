/* The language of the screen follows the settings (declared in core.h). */
#include <string.h>

#include "app/core.h"
#include "app/course.h"
#include "glassnet/base/translate.h"

void core_follow_language(struct core *c)
{
    const char *wanted = session_snapshot(c->session)->settings->language;
    struct err err = {0};
    char text[1200];
    bool by_system = strcmp(wanted, "system") == 0;
    wanted = by_system ? c->system_language : wanted;
    /* Compared with this core's own: others (the glossary's pictures) share the program's. */
    if (strcmp(wanted, c->language) == 0)
        return;
    c->language = wanted;
    if (!translate_choose(wanted, &err) && !by_system)
        screen_say(&c->screen, &c->ui, true, err_text(&err, text, sizeof text));
    course_follow(c);
}
