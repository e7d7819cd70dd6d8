/* Other programs beside ours: started once, asked in turn, one line each way. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/bench.h"
#include "glassnet/base/mem.h"

struct bench_peer {
    char name[40];
    pid_t pid;
    FILE *ask, *answer;
};

/* The child's side: its ends of the pipes become its standard input and output. */
static void become(const char *path, const int in[2], const int out[2])
{
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execl(path, path, (char *)NULL);
    _exit(127);
}

static bool begin(struct bench_peer *p, const char *path)
{
    int in[2], out[2];
    /* Closed in other peers, whose hold would keep this one from seeing the end of its input. */
    if (pipe2(in, O_CLOEXEC) != 0)
        return false;
    if (pipe2(out, O_CLOEXEC) != 0) {
        close(in[0]);
        close(in[1]);
        return false;
    }
    p->pid = fork();
    if (p->pid == 0)
        become(path, in, out);
    close(in[0]);
    close(out[1]);
    p->ask = fdopen(in[1], "w");
    p->answer = fdopen(out[0], "r");
    return p->pid > 0 && p->ask && p->answer;
}

static bool read_line(struct bench_peer *p, char *line, int size)
{
    if (!fgets(line, size, p->answer))
        return false;
    line[strcspn(line, "\n")] = 0;
    return true;
}

/* Its first line is its name. */
static struct bench_peer *start(const char *path)
{
    struct bench_peer *p = mem_zalloc(1, sizeof *p);
    if (begin(p, path) && read_line(p, p->name, (int)sizeof p->name) && p->name[0])
        return p;
    bench_peer_stop(p);
    return NULL;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int bench_peers_start(const char *folder, struct bench_peer **peers, int most)
{
    enum { FILES = 32 };
    char *names[FILES];
    int count = 0, started = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d)) && count < FILES;) {
        char path[1200];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (strncmp(e->d_name, "peer_", 5) == 0 && access(path, X_OK) == 0)
            names[count++] = mem_strdup(path);
    }
    if (d)
        closedir(d);
    qsort(names, (size_t)count, sizeof *names, compare_names);
    signal(SIGPIPE, SIG_IGN); /* a peer that ended is left out, not the end of us */
    for (int k = 0; k < count; k++) {
        struct bench_peer *p = started < most ? start(names[k]) : NULL;
        if (p)
            peers[started++] = p;
        else
            fprintf(stderr, "%s does not run here and is left out\n", names[k]);
        free(names[k]);
    }
    return started;
}

void bench_peer_stop(struct bench_peer *p)
{
    if (!p)
        return;
    if (p->ask)
        fclose(p->ask); /* the end of its input ends it */
    if (p->answer)
        fclose(p->answer);
    if (p->pid > 0)
        waitpid(p->pid, NULL, 0);
    free(p);
}

const char *bench_peer_name(const struct bench_peer *p)
{
    return p->name;
}

double bench_peer_time(struct bench_peer *p, const char *workload, int threads, double seconds)
{
    char line[200];
    fprintf(p->ask, "%s %d %g\n", workload, threads, seconds);
    if (fflush(p->ask) != 0 || !read_line(p, line, (int)sizeof line))
        return 0;
    double rate = strtod(line, NULL);
    return rate > 0 ? rate : 0;
}
