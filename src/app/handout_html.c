/* A handout as one HTML file that needs nothing beside it: pictures are SVG inside. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/handout.h"
#include "glassnet/base/file.h"
#include "glassnet/base/translate.h"
#include "glassnet/ui/svg.h"

static const char style[] =
    "body{font:12pt/1.45 Inter,'DejaVu Sans',sans-serif;color:#1c2126;max-width:46em;margin:2em "
    "auto;padding:0 1em}\n"
    "h1{font-size:22pt}h2{font-size:15pt;margin-top:1.6em}\n"
    "code,.number{font-family:'JetBrains Mono','DejaVu Sans Mono',monospace}.number{font-weight:"
    "600}\n"
    "img{width:100%;border:1px solid #d9d6cc;margin:.6em 0}\n"
    "table{border-collapse:collapse}td,th{border-bottom:1px solid #d9d6cc;padding:.2em 1em .2em 0;"
    "text-align:left}\n"
    ".question{margin:1em 0 1em 3em;break-inside:avoid}.label{float:left;margin-left:-3em;font-"
    "weight:600}\n"
    ".write{display:inline-block;width:60%;border-bottom:1.5px solid #1c2126}.box{display:inline-"
    "block;width:8em;height:1.8em;border:2px solid #1c2126;vertical-align:bottom}\n"
    "ul.options{list-style:none;padding:0}.options li::before{content:'\\2610\\00a0\\00a0'}\n"
    "section{break-inside:avoid-page}.key{break-before:page}\n";

static void write_plain(FILE *f, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", f);
            break;
        case '<':
            fputs("&lt;", f);
            break;
        case '>':
            fputs("&gt;", f);
            break;
        default:
            fputc(*text, f);
        }
}

static void write_text(FILE *f, const struct player_text *t)
{
    for (int i = 0; i < t->count; i++) {
        const struct player_run *r = &t->runs[i];
        const char *tag = r->style & LESSON_CODE     ? "code"
                          : r->style & LESSON_BOLD   ? "b"
                          : r->style & LESSON_ITALIC ? "i"
                                                     : NULL;
        if (r->style & LESSON_BREAK)
            fputs("<br>", f);
        if (r->is_number)
            fputs("<span class=\"number\">", f);
        else if (tag)
            fprintf(f, "<%s>", tag);
        write_plain(f, r->text);
        if (r->is_number)
            fputs("</span>", f);
        else if (tag)
            fprintf(f, "</%s>", tag);
    }
}

static void write_table(FILE *f, const struct handout_item *item)
{
    fputs("<table>\n", f);
    for (int row = 0; row < item->rows; row++) {
        fputs("<tr>", f);
        for (int col = 0; col < item->columns; col++) {
            fputs(row ? "<td>" : "<th>", f);
            write_text(f, &item->cells[row * item->columns + col]);
            fputs(row ? "</td>" : "</th>", f);
        }
        fputs("</tr>\n", f);
    }
    fputs("</table>\n", f);
}

static void write_question(FILE *f, const struct handout_item *item)
{
    fprintf(f, "<div class=\"question\"><span class=\"label\">%s</span>", item->label);
    write_text(f, &item->text);
    switch (item->kind) {
    case HANDOUT_NUMBER:
        fputs("<p><span class=\"write\">&nbsp;</span> = <span class=\"box\">&nbsp;</span></p>", f);
        break;
    case HANDOUT_CHOICE:
        fputs("<ul class=\"options\">", f);
        for (int i = 0; i < item->rows; i++) {
            fputs("<li>", f);
            write_text(f, &item->cells[i]);
            fputs("</li>", f);
        }
        fputs("</ul>", f);
        break;
    case HANDOUT_MARK:
        fprintf(f, "<p>%s</p>", _("Mark it in the picture."));
        break;
    default:
        fprintf(f, "<ul class=\"options\"><li>%s</li></ul>", _("done at the screen"));
    }
    fputs("</div>\n", f);
}

static void write_item(FILE *f, const struct handout_item *item)
{
    if (item->kind == HANDOUT_TABLE) {
        write_table(f, item);
        return;
    }
    fprintf(f, "<p style=\"margin-left:%dem\">", 2 * item->indent);
    if (item->bullet[0])
        fprintf(f, "%s ", item->bullet);
    write_text(f, &item->text);
    fputs("</p>\n", f);
}

/* As an address of data: a picture's names are then its own. */
static void write_picture(FILE *f, const struct handout_page *page)
{
    char *svg = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&svg, &size);
    if (!memory)
        return;
    svg_print(memory, &page->picture, page->region, page->title);
    fclose(memory);
    fprintf(f, "<img alt=\"%s\" src=\"data:image/svg+xml,", _("The network"));
    for (const char *c = svg; *c; c++)
        if (strchr("%#\"<>&?\n", *c) || (unsigned char)*c >= 128)
            fprintf(f, "%%%02X", (unsigned)(unsigned char)*c);
        else
            fputc(*c, f);
    fputs("\">\n", f);
    free(svg);
}

static void write_page(FILE *f, const struct handout_page *page, int number)
{
    fprintf(f, "<section><h2>%d&ensp;", number);
    write_plain(f, page->title);
    fputs("</h2>\n", f);
    for (int i = 0; i < page->item_count; i++)
        if (!page->items[i].label[0])
            write_item(f, &page->items[i]);
    if (page->pictured)
        write_picture(f, page);
    for (int i = 0; i < page->item_count; i++)
        if (page->items[i].label[0])
            write_question(f, &page->items[i]);
    fputs("</section>\n", f);
}

static void write_key(FILE *f, const struct handout *h)
{
    fprintf(f, "<section class=\"key\"><h1>%s</h1>\n<p>", _("Answers"));
    write_plain(f, h->title);
    fputs("</p>\n<table>\n", f);
    for (int i = 0; i < h->page_count; i++)
        for (int k = 0; k < h->pages[i].item_count; k++) {
            const struct handout_item *item = &h->pages[i].items[k];
            if (!item->label[0])
                continue;
            fprintf(f, "<tr><th>%s</th><td>", item->label);
            write_plain(f, item->answer);
            fputs("</td></tr>\n", f);
        }
    fputs("</table></section>\n", f);
}

bool handout_write_html(struct handout *h, const char *path, struct err *err)
{
    struct file_out o;
    struct fonts *fonts = fonts_create(err);
    if (!fonts)
        return false;
    if (!file_out_begin(&o, path, err)) {
        fonts_destroy(fonts);
        return false;
    }
    fprintf(o.f, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>",
            translate_language());
    write_plain(o.f, h->title);
    fprintf(o.f, "</title><style>\n%s</style></head><body>\n<h1>", style);
    write_plain(o.f, h->title);
    fprintf(o.f, "</h1>\n<p>%s ______________________________ &emsp; %s ____________</p>\n",
            C_("of a learner", "Name"), C_("at school", "Class"));
    for (int i = 0; i < h->page_count; i++) {
        h->pages[i].picture.fonts = fonts; /* those it was drawn with are gone */
        write_page(o.f, &h->pages[i], i + 1);
    }
    write_key(o.f, h);
    fputs("</body></html>\n", o.f);
    bool done = file_out_commit(&o, err);
    fonts_destroy(fonts);
    return done;
}
