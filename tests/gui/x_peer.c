/* What another program does to a window, for test_window.sh: closes it as a window manager's button
 * does, or drops a file on it as a file manager does (XDND, version 5).
 *   x_peer close WINDOW
 *   x_peer drop WINDOW X Y FILE */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 20000 }; /* milliseconds without an answer */

struct peer {
    Display *display;
    Window own, target;
    char uri[2048];
};

static Atom atom(const struct peer *p, const char *name)
{
    return XInternAtom(p->display, name, False);
}

/* Tells the window something; `first` is the message's first number. */
static void tell(const struct peer *p, const char *what, long first, long l1, long l2, long l3,
                 long l4)
{
    XEvent e;
    memset(&e, 0, sizeof e);
    e.xclient.type = ClientMessage;
    e.xclient.window = p->target;
    e.xclient.message_type = atom(p, what);
    e.xclient.format = 32;
    e.xclient.data.l[0] = first;
    e.xclient.data.l[1] = l1;
    e.xclient.data.l[2] = l2;
    e.xclient.data.l[3] = l3;
    e.xclient.data.l[4] = l4;
    XSendEvent(p->display, p->target, False, NoEventMask, &e);
    XFlush(p->display);
}

static bool next_event(const struct peer *p, XEvent *e)
{
    struct pollfd connection = {.fd = ConnectionNumber(p->display), .events = POLLIN};
    while (!XPending(p->display))
        if (poll(&connection, 1, PATIENCE) <= 0)
            return false;
    XNextEvent(p->display, e);
    return true;
}

/* Gives the file's name to who asks for it. */
static void hand_over(const struct peer *p, const XSelectionRequestEvent *r)
{
    XEvent e;
    memset(&e, 0, sizeof e);
    e.xselection.type = SelectionNotify;
    e.xselection.requestor = r->requestor;
    e.xselection.selection = r->selection;
    e.xselection.target = r->target;
    e.xselection.time = r->time;
    if (r->target == atom(p, "text/uri-list")) {
        XChangeProperty(p->display, r->requestor, r->property, r->target, 8, PropModeReplace,
                        (const unsigned char *)p->uri, (int)strlen(p->uri));
        e.xselection.property = r->property;
    }
    XSendEvent(p->display, r->requestor, False, NoEventMask, &e);
    XFlush(p->display);
}

/* Answers until the window says `what`; then true, with that message. */
static bool await(const struct peer *p, const char *what, XEvent *e)
{
    while (next_event(p, e)) {
        if (e->type == SelectionRequest)
            hand_over(p, &e->xselectionrequest);
        else if (e->type == ClientMessage && e->xclient.message_type == atom(p, what))
            return true;
    }
    fprintf(stderr, "x_peer: the window never said %s\n", what);
    return false;
}

static bool drop(struct peer *p, int x, int y, const char *file)
{
    XEvent e;
    const long version = 5;
    snprintf(p->uri, sizeof p->uri, "file://%s\r\n", file);
    p->own = XCreateSimpleWindow(p->display, DefaultRootWindow(p->display), 0, 0, 1, 1, 0, 0, 0);
    XSetSelectionOwner(p->display, atom(p, "XdndSelection"), p->own, CurrentTime);
    tell(p, "XdndEnter", (long)p->own, version << 24, (long)atom(p, "text/uri-list"), None, None);
    tell(p, "XdndPosition", (long)p->own, 0, (long)x << 16 | y, CurrentTime,
         (long)atom(p, "XdndActionCopy"));
    if (!await(p, "XdndStatus", &e))
        return false;
    if (!(e.xclient.data.l[1] & 1)) {
        fprintf(stderr, "x_peer: the window takes no drop\n");
        return false;
    }
    tell(p, "XdndDrop", (long)p->own, 0, CurrentTime, 0, 0);
    return await(p, "XdndFinished", &e);
}

int main(int argc, char **argv)
{
    struct peer p = {.display = XOpenDisplay(NULL)};
    bool done = false;
    if (!p.display || argc < 3) {
        fprintf(stderr, "usage: x_peer close WINDOW | x_peer drop WINDOW X Y FILE\n");
        return 2;
    }
    p.target = (Window)strtoul(argv[2], NULL, 0);
    if (strcmp(argv[1], "close") == 0) {
        tell(&p, "WM_PROTOCOLS", (long)atom(&p, "WM_DELETE_WINDOW"), CurrentTime, 0, 0, 0);
        done = true;
    } else if (strcmp(argv[1], "drop") == 0 && argc == 6) {
        done = drop(&p, atoi(argv[3]), atoi(argv[4]), argv[5]);
    }
    XCloseDisplay(p.display);
    return done ? 0 : 1;
}
