#include "glassnet/lesson/quiz.h"

/* The last question of the page that can be asked by itself; -1: none. */
static int question_of(const struct lesson_page *page)
{
    for (int i = page->item_count - 1; i >= 0; i--)
        if (page->items[i].kind == LESSON_PREDICT || page->items[i].kind == LESSON_ANSWER ||
            page->items[i].kind == LESSON_CHOOSE)
            return i;
    return -1;
}

int quiz_pick(const struct lesson *lesson, struct rng *rng, int most, struct quiz_question *out)
{
    int left = 0, n = 0;
    for (int i = 0; i < lesson->page_count; i++)
        left += question_of(&lesson->pages[i]) >= 0;
    /* Each page is taken with the chance that leaves all choices alike (Knuth, volume 2, 3.4.2). */
    for (int i = 0; i < lesson->page_count && n < most; i++) {
        int item = question_of(&lesson->pages[i]);
        if (item < 0)
            continue;
        if ((int)rng_below(rng, (uint32_t)left) < most - n)
            out[n++] = (struct quiz_question){i, item};
        left--;
    }
    return n;
}
