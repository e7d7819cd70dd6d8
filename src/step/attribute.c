#include "glassnet/step/attribute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "glassnet/nn/engine.h"
#include "step/forward.h"

static const char *const names[ATTRIBUTES] = {"saliency", "guided", "gradcam"};

const char *attribute_name(enum attribute_kind kind)
{
    return names[kind];
}

int attribute_find(const char *word)
{
    for (int k = 0; k < ATTRIBUTES; k++)
        if (strcmp(word, names[k]) == 0)
            return k;
    return -1;
}

static bool tells_two_apart(const struct net *net)
{
    const struct layer *out = net_output(net);
    return shape_count(&out->out) == 1 &&
           (net->loss == LOSS_HINGE || out->activation == ACT_SIGMOID);
}

int attribute_classes(const struct net *net)
{
    return tells_two_apart(net) ? 2 : (int)shape_count(&net_output(net)->out);
}

int attribute_last_maps(const struct net *net)
{
    for (int l = net->layer_count - 1; l > 0; l--)
        if (net->layers[l].out.rank == 3)
            return l;
    return -1;
}

bool attribute_applies(const struct net *net, enum attribute_kind kind, int layer, struct err *err)
{
    if (kind != ATTRIBUTE_GRADCAM)
        return true;
    if (attribute_last_maps(net) < 0)
        return err_set(err, ERR_INPUT, NULL, 0,
                       "Grad-CAM needs a layer of maps, and this network has no convolution");
    if (layer < 1 || layer >= net->layer_count || net->layers[layer].out.rank != 3)
        return err_set(err, ERR_INPUT, NULL, 0,
                       "Grad-CAM needs a layer of maps; %s has none, %s has",
                       layer >= 0 && layer < net->layer_count ? net->layers[layer].name : "this",
                       net->layers[attribute_last_maps(net)].name);
    return true;
}

/* Bilinear between the middles of the cells, as torch.nn.functional.interpolate does with
 * align_corners=False. */
static void enlarge(const float *from, const struct shape *small, float *to,
                    const struct shape *large)
{
    int h = small->dim[0], w = small->dim[1], H = large->dim[0], W = large->dim[1];
    for (int y = 0; y < H; y++) {
        float v = fmaxf(0, ((float)y + 0.5f) * (float)h / (float)H - 0.5f);
        int v0 = (int)v, v1 = v0 + 1 < h ? v0 + 1 : v0;
        float fv = v - (float)v0;
        for (int x = 0; x < W; x++) {
            float u = fmaxf(0, ((float)x + 0.5f) * (float)w / (float)W - 0.5f);
            int u0 = (int)u, u1 = u0 + 1 < w ? u0 + 1 : u0;
            float fu = u - (float)u0;
            float top = from[v0 * w + u0] * (1 - fu) + from[v0 * w + u1] * fu;
            float low = from[v1 * w + u0] * (1 - fu) + from[v1 * w + u1] * fu;
            to[y * W + x] = top * (1 - fv) + low * fv;
        }
    }
}

static float *copy_of(const float *from, size_t count)
{
    float *to = mem_zalloc(count, sizeof *to);
    memcpy(to, from, count * sizeof *to);
    return to;
}

static bool take_gradcam(struct attribution *a, const struct program *p, const struct buffers *b,
                         struct err *err)
{
    if (p->gradcam < 0)
        return err_set(err, ERR_INPUT, NULL, 0, "the score does not depend on layer %s",
                       p->net->layers[a->layer].name);
    a->shape = p->tensors[p->gradcam].shape;
    a->values = copy_of(b->at[p->gradcam], shape_count(&a->shape));
    a->channels = p->tensors[p->gradcam_weights].shape.dim[0];
    a->weights = copy_of(b->at[p->gradcam_weights], (size_t)a->channels);
    a->picture = p->net->layers[0].out;
    a->picture.rank = 2;
    a->over = mem_zalloc(shape_count(&a->picture), sizeof *a->over);
    enlarge(a->values, &a->shape, a->over, &a->picture);
    return true;
}

static bool take(struct attribution *a, const struct program *p, const struct buffers *b,
                 size_t output, float sign, struct err *err)
{
    int score = p->layer_z[p->net->layer_count - 1];
    a->score = sign * ((const float *)b->at[score])[output];
    if (a->kind == ATTRIBUTE_GRADCAM)
        return take_gradcam(a, p, b, err);
    a->shape = p->tensors[p->input].shape;
    a->values = copy_of(b->at[p->tensors[p->input].grad], shape_count(&a->shape));
    return true;
}

bool attribution_init(struct attribution *a, const struct net *net, enum attribute_kind kind,
                      int layer, int class, const float *x, struct err *err)
{
    *a = (struct attribution){
        .kind = kind, .class = class, .layer = kind == ATTRIBUTE_GRADCAM ? layer : -1};
    if (class < 0 || class >= attribute_classes(net))
        return err_set(err, ERR_INPUT, NULL, 0, "there is no class %d; the last is %d", class,
                       attribute_classes(net) - 1);
    if (!attribute_applies(net, kind, layer, err))
        return false;
    bool lone = tells_two_apart(net);
    size_t output = lone ? 0 : (size_t) class;
    float sign = lone && class == 0 ? -1.0f : 1.0f;
    struct gradient_wish wish = {.layer = net->layer_count - 1,
                                 .before = true,
                                 .guided = kind == ATTRIBUTE_GUIDED,
                                 .gradcam = a->layer};
    struct program *p = program_create_gradient(net, &wish);
    struct buffers b;
    if (!buffers_init(&b, p, 1, sizeof(float), false, err)) {
        program_destroy(p);
        return false;
    }
    forward_fill(&b, x, 1);
    ((float *)b.at[p->seed])[output] = sign;
    engine_run(&b, 0, p->op_count);
    bool ok = take(a, p, &b, output, sign, err);
    buffers_deinit(&b);
    program_destroy(p);
    return ok;
}

void attribution_deinit(struct attribution *a)
{
    free(a->values);
    free(a->over);
    free(a->weights);
    *a = (struct attribution){0};
}

float attribution_peak(const struct attribution *a)
{
    float peak = 0;
    size_t count = a->values ? shape_count(&a->shape) : 0;
    for (size_t i = 0; i < count; i++)
        if (fabsf(a->values[i]) > peak)
            peak = fabsf(a->values[i]);
    return peak;
}
