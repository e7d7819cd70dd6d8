/* What the files of the window share. */
#ifndef SDL_OWN_H
#define SDL_OWN_H

#include <SDL.h>

#include "glassnet/ui/render_sdl.h"

/* Pixels go through a texture, or, without a GPU, straight into the window's own surface (renderer
 * is NULL then). */
struct window {
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    int texture_w, texture_h;
    bool stale;      /* the surface is another one: all pixels are wanted */
    SDL_Rect *parts; /* of the surface that changed; owned */
    int cap_parts;
    Uint32 wake_event;
    float scale_x, scale_y; /* output pixels per window unit */
};

/* After the window's size has changed. */
void window_update_scale(struct window *win);

#endif
