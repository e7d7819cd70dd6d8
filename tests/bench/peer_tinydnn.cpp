// tiny-dnn on the bench's workloads (README.md tells how it is asked), on one thread.
// Its own threads are started anew for each loop of each layer, and cost more than they bring.
#define CNN_SINGLE_THREAD
#define CNN_USE_AVX
#include <tiny_dnn/tiny_dnn.h>

#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <string>

using namespace tiny_dnn;
using network_t = network<sequential>;

struct Work {
    network_t net;
    gradient_descent sgd;
    std::vector<vec_t> x;
    std::vector<label_t> labels;
    std::vector<vec_t> targets;
    size_t batch = 1, at = 0;
    size_t turn = 1; // samples of one call: its preparations want to be shared out
    bool learns = true;
};

template <class Activation> using conv_of = convolutional_layer<Activation>;
template <class Activation> using dense_of = fully_connected_layer<Activation>;
using pool_of = max_pooling_layer<activation::identity>;
using activation::relu;
using activation::softmax;
using activation::tan_h;

static void add_pictures(network_t &net)
{
    net << conv_of<relu>(28, 28, 3, 1, 32) << conv_of<relu>(26, 26, 3, 32, 64) << pool_of(24, 24, 64, 2)
        << dense_of<relu>(64 * 12 * 12, 128) << dense_of<softmax>(128, 10);
}

static void add_small_pictures(network_t &net)
{
    net << conv_of<relu>(28, 28, 5, 1, 8) << pool_of(24, 24, 8, 2) << conv_of<relu>(12, 12, 5, 8, 16)
        << pool_of(8, 8, 16, 2) << dense_of<softmax>(16 * 4 * 4, 10);
}

static std::unique_ptr<Work> open_work(const std::string &name)
{
    auto w = std::make_unique<Work>();
    size_t inputs = 784, samples = 512;
    if (name == "W1") {
        w->net << dense_of<relu>(784, 128) << dense_of<softmax>(128, 10);
        w->batch = 32;
    } else if (name == "W2") {
        add_small_pictures(w->net);
        w->batch = 32;
    } else if (name == "W3") {
        add_pictures(w->net);
        w->batch = 128;
    } else if (name == "W4") {
        w->net << dense_of<tan_h>(2, 4) << dense_of<tan_h>(4, 2) << dense_of<tan_h>(2, 1);
        w->batch = 10;
        inputs = 2;
        samples = 500;
    } else if (name == "W5") {
        add_pictures(w->net);
        w->learns = false;
    } else {
        return nullptr;
    }
    w->sgd.alpha = 0.01f;
    w->turn = name == "W3" ? w->batch : w->learns ? samples / w->batch * w->batch : 1;
    for (size_t s = 0; s < samples; s++) {
        w->x.emplace_back(inputs);
        for (auto &v : w->x.back())
            v = uniform_rand(0.0f, 1.0f);
        w->labels.push_back(label_t(s % 10));
        w->targets.push_back(vec_t(1, uniform_rand(-1.0f, 1.0f)));
    }
    return w;
}

// Some batches of training, or one picture; samples done.
static size_t step(Work &w, bool points)
{
    if (w.at + w.turn > w.x.size())
        w.at = 0;
    size_t first = w.at;
    w.at += w.turn;
    if (!w.learns) {
        w.net.predict(w.x[first]);
        return 1;
    }
    std::vector<vec_t> x(w.x.begin() + long(first), w.x.begin() + long(first + w.turn));
    auto nothing = [] {};
    if (points) {
        std::vector<vec_t> y(w.targets.begin() + long(first),
                             w.targets.begin() + long(first + w.turn));
        w.net.fit<mse>(w.sgd, x, y, w.batch, 1, nothing, nothing, false, 1);
    } else {
        std::vector<label_t> y(w.labels.begin() + long(first),
                               w.labels.begin() + long(first + w.turn));
        w.net.train<cross_entropy_multiclass>(w.sgd, x, y, w.batch, 1, nothing, nothing, false, 1);
    }
    return w.turn;
}

int main()
{
    std::map<std::string, std::unique_ptr<Work>> works;
    std::string name;
    int threads;
    double seconds;
    std::cout << "tiny-dnn" << std::endl;
    while (std::cin >> name >> threads >> seconds) {
        if (threads == 1 && !works.count(name))
            works[name] = open_work(name);
        if (threads != 1 || !works[name]) {
            std::cout << 0 << std::endl;
            continue;
        }
        using clock = std::chrono::steady_clock;
        auto begin = clock::now();
        double done = 0, took = 0;
        do {
            done += double(step(*works[name], name == "W4"));
            took = std::chrono::duration<double>(clock::now() - begin).count();
        } while (took < seconds);
        std::cout << done / took << std::endl;
    }
}
