#include "app/course.h"

#include <stdio.h>
#include <string.h>

#include "app/core.h"
#include "glassnet/lesson/language.h"

/* A quiz goes on as it was begun. */
static void turn_lesson(struct core *c, const char *language)
{
    char path[1400], old[1400], text[1200];
    struct err err = {0};
    if (!c->lesson || c->quiz.count)
        return;
    snprintf(old, sizeof old, "%s", c->lesson->path);
    lesson_in_language(old, language, path, sizeof path);
    if (strcmp(lesson_language(path), lesson_language(old)) == 0)
        return;
    int page = player_view(c->player)->page;
    if (core_open(c, path, &err))
        player_go(c->player, page < c->lesson->page_count ? page : c->lesson->page_count - 1);
    else
        screen_say(&c->screen, &c->ui, true, err_text(&err, text, sizeof text));
}

void course_follow(struct core *c)
{
    catalogue_destroy(c->catalogue);
    c->catalogue = catalogue_load(NULL, c->language, NULL);
    c->screen.home.lessons = c->catalogue;
    turn_lesson(c, c->language);
}

const char *course_language_of_words(const struct core *c)
{
    return c->lesson ? lesson_language(c->lesson->path) : c->language;
}
