#include "glassnet/view/screen.h"
void pad_draw(const struct view *v, struct pad_state *s, struct rect r){(void)v;(void)s;(void)r;}
void train_draw(const struct view *v, struct train_state *s, struct rect r){(void)v;(void)s;(void)r;}
void lesson_draw(const struct view *v, struct lesson_state *s, struct player *p, struct rect r){(void)v;(void)s;(void)r;(void)p;}
float guesses_draw(const struct view *v, struct rect r){(void)v;(void)r;return 0;}
void home_draw(const struct view *v, struct home_state *s, struct rect r){(void)v;(void)s;(void)r;}
void keys_draw(const struct view *v, struct rect r){(void)v;(void)r;}
