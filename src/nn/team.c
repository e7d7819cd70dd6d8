#include "nn/team.h"

#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glassnet/base/mem.h"

/* How often a member looks before it sleeps: first without a pause for others, some 8 µs, longer
 * than those take that are running; then letting whoever wants the core have it between two looks,
 * about as long as putting a thread to sleep and waking it costs (100 µs in a virtual machine). */
#define LOOKS  400
#define YIELDS 100

#define ROUNDS 10     /* of a barrier: log2 of the largest team */
#define PASSES ROUNDS /* beside them: how often the member before has passed something on */

/* What the others tell one member. 128 bytes: processors fetch lines in pairs. */
struct seat {
    alignas(128) atomic_uint came[ROUNDS + 1]; /* the last barrier in which round's partner came */
    atomic_bool asleep;
    alignas(128) unsigned barrier; /* its own count of them */
    unsigned passed, taken;
    pthread_mutex_t mutex;
    pthread_cond_t woken;
    pthread_t thread;
    struct team *team;
    int me;
};

struct team {
    int wanted, size; /* size: those there are; 0 before the first run */
    team_work *work;  /* NULL: to end */
    void *context;
    struct seat *seats;   /* [wanted] */
    pthread_mutex_t gate; /* held until size is known */
};

struct team *team_create(int size)
{
    struct team *t = mem_zalloc(1, sizeof *t);
    size = team_size_for(size < 1 ? 1 : size);
    t->wanted = size > 1 << ROUNDS ? 1 << ROUNDS : size;
    return t;
}

static void relax(void)
{
#ifdef __x86_64__
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

static bool has_come(const struct seat *s, int round, unsigned barrier)
{
    return (int)(atomic_load(&s->came[round]) - barrier) >= 0;
}

static void tell(struct seat *to, int round, unsigned barrier)
{
    atomic_store(&to->came[round], barrier);
    if (!atomic_load(&to->asleep))
        return;
    pthread_mutex_lock(&to->mutex);
    pthread_cond_signal(&to->woken);
    pthread_mutex_unlock(&to->mutex);
}

static void watch(struct seat *s, int round, unsigned barrier)
{
    for (int k = 0; k < LOOKS; k++) {
        if (has_come(s, round, barrier))
            return;
        relax();
    }
    for (int k = 0; k < YIELDS; k++) {
        if (has_come(s, round, barrier))
            return;
        sched_yield();
    }
    pthread_mutex_lock(&s->mutex);
    atomic_store(&s->asleep, true);
    while (!has_come(s, round, barrier))
        pthread_cond_wait(&s->woken, &s->mutex);
    atomic_store(&s->asleep, false);
    pthread_mutex_unlock(&s->mutex);
}

/* Dissemination: in round r everybody tells the one 2^r further on, and then knows of 2^(r+1)
 * members that they have come. Two threads tell each other once. */
void team_wait(struct team *t, int me)
{
    if (!t || t->size < 2)
        return;
    struct seat *s = &t->seats[me];
    s->barrier++;
    for (int round = 0, far = 1; far < t->size; round++, far *= 2) {
        tell(&t->seats[(me + far) % t->size], round, s->barrier);
        watch(s, round, s->barrier);
    }
}

void team_pass(struct team *t, int me)
{
    tell(&t->seats[me + 1], PASSES, ++t->seats[me].passed);
}

void team_take(struct team *t, int me)
{
    watch(&t->seats[me], PASSES, ++t->seats[me].taken);
}

static void *member_run(void *seat)
{
    struct seat *s = seat;
    struct team *t = s->team;
    pthread_mutex_lock(&t->gate);
    pthread_mutex_unlock(&t->gate);
    for (;;) {
        team_wait(t, s->me);
        if (!t->work)
            return NULL;
        t->work(t->context, t, s->me, t->size);
        team_wait(t, s->me);
    }
}

static void start(struct team *t)
{
    size_t bytes = (size_t)t->wanted * sizeof *t->seats;
    t->size = 1;
    if (posix_memalign((void **)&t->seats, alignof(struct seat), bytes))
        return;
    memset(t->seats, 0, bytes);
    pthread_mutex_init(&t->gate, NULL);
    pthread_mutex_lock(&t->gate);
    for (int me = 0; me < t->wanted; me++) {
        struct seat *s = &t->seats[me];
        s->team = t;
        s->me = me;
        pthread_mutex_init(&s->mutex, NULL);
        pthread_cond_init(&s->woken, NULL);
        if (me > 0 && pthread_create(&s->thread, NULL, member_run, s))
            break;
        t->size = me + 1;
    }
    pthread_mutex_unlock(&t->gate);
}

void team_run(struct team *t, team_work *work, void *context)
{
    if (!t || t->wanted < 2) {
        work(context, NULL, 0, 1);
        return;
    }
    if (t->size == 0)
        start(t);
    t->work = work;
    t->context = context;
    team_wait(t, 0);
    work(context, t, 0, t->size);
    team_wait(t, 0);
}

void team_destroy(struct team *t)
{
    if (!t)
        return;
    t->work = NULL;
    if (t->size > 1) {
        team_wait(t, 0);
        for (int me = 1; me < t->size; me++)
            pthread_join(t->seats[me].thread, NULL);
    }
    free(t->seats);
    free(t);
}

int team_size_for(int wanted)
{
#ifdef TEAM_OF_ONE
    (void)wanted;
    return 1;
#else
    return wanted > 0 ? wanted : team_processors();
#endif
}

int team_processors(void)
{
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return CPU_COUNT(&set);
#endif
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}
