# Glassnet. `make run` and `make test` are all a newcomer types; `make help` lists the rest.

BUILD   ?= build
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
AR      ?= ar
OPT     ?= -O2
OPENMP  ?= 1
WERROR  ?= 0
SAN     ?=

ifneq ($(SAN),)
empty :=
space := $(empty) $(empty)
comma := ,
override BUILD := $(BUILD)/san-$(subst $(comma),-,$(SAN))
SANFLAGS := -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer -g
endif

# make V=1 shows the commands themselves.
Q = $(if $(filter 1,$(V)),,@echo "  $(if $(filter %.c,$<),CC,LINK)    $(if $(filter %.c,$<),$<,$@)";)

WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla \
       -Wfloat-conversion -Wdouble-promotion
ifeq ($(WERROR),1)
WARN += -Werror
endif

CFLAGS   ?= -g
BASEFLAGS = -std=c11 -D_GNU_SOURCE -ffp-contract=off -fno-math-errno $(OPT) $(WARN) $(SANFLAGS) \
            -Iinclude -Isrc -MMD -MP
# make OPENMP=0: an engine of one thread, which gives the same bits.
ifeq ($(OPENMP),0)
BASEFLAGS += -DTEAM_OF_ONE
endif
LIBS      = -lcjson -lmd4c -lzip -lz -lm -lpthread

# SDL is asked for only when something that needs it is built, and then once.
SDL_CFLAGS = $(eval SDL_CFLAGS := $$(shell pkg-config --cflags sdl2 SDL2_ttf cairo-ft cairo-pdf 2>/dev/null))$(SDL_CFLAGS)
SDL_LIBS   = $(eval SDL_LIBS := $$(shell pkg-config --libs sdl2 SDL2_ttf cairo-ft cairo-pdf freetype2 2>/dev/null))$(SDL_LIBS)

LIB_FOLDERS = base nn data step io session lesson
APP_FOLDERS = ui view app
ARCH := $(shell uname -m)

# Sources of the engine compile several times: float32, float32 with FMA instructions, double.
REAL_SRC := $(wildcard src/nn/real_*.c)
# The fast kernels compile once for each width of vectors.
LANE_SRC := src/nn/lane_dense.c src/nn/lane_conv.c src/nn/lane_conv_dw.c src/nn/lane_map.c \
            src/nn/lane_loss.c src/nn/lane_rows.c src/nn/lane_patch.c src/nn/lane_table.c src/nn/lane_peak.c
LIB_SRC  := $(filter-out $(REAL_SRC) $(LANE_SRC),$(wildcard $(LIB_FOLDERS:%=src/%/*.c)))
APP_SRC  := $(filter-out src/app/main.c,$(wildcard $(APP_FOLDERS:%=src/%/*.c)))

LIB_OBJ := $(LIB_SRC:src/%.c=$(BUILD)/%.o) $(REAL_SRC:src/%.c=$(BUILD)/%.f32.o) \
           $(REAL_SRC:src/%.c=$(BUILD)/%.f64.o) $(LANE_SRC:src/%.c=$(BUILD)/%.base.o)
ifeq ($(ARCH),x86_64)
LIB_OBJ += $(LANE_SRC:src/%.c=$(BUILD)/%.avx2.o) $(LANE_SRC:src/%.c=$(BUILD)/%.avx512.o)
LIB_OBJ += $(REAL_SRC:src/%.c=$(BUILD)/%.fma.o)
endif
APP_OBJ := $(APP_SRC:src/%.c=$(BUILD)/%.o)

# Translations of the screen's texts: src/po/pl.po becomes locale/pl/LC_MESSAGES/glassnet.mo.
PO := $(wildcard src/po/*.po)
MO := $(PO:src/po/%.po=$(BUILD)/locale/%/LC_MESSAGES/glassnet.mo)

LIB  = $(BUILD)/libglassnet.a
PROG = $(BUILD)/glassnet

TEST_LIB_SRC := $(wildcard $(LIB_FOLDERS:%=tests/%/test_*.c))
TEST_APP_SRC := $(wildcard $(APP_FOLDERS:%=tests/%/test_*.c))
TEST_LIB_OBJ := $(TEST_LIB_SRC:tests/%.c=$(BUILD)/tests/%.o)
TEST_APP_OBJ := $(TEST_APP_SRC:tests/%.c=$(BUILD)/tests/%.o)
TEST_SUPPORT := $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(filter-out tests/support/main.c,$(wildcard tests/support/*.c)))

.PHONY: all lib run test test-quick deps deps-run deps-test check-format format layers install clean \
        help networks digits letters pictures tour
.DELETE_ON_ERROR:
.SECONDARY:

all: deps-run
	@$(MAKE) --no-print-directory -j$(JOBS) $(PROG)

lib: $(LIB)

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(PROG): $(BUILD)/app/main.o $(APP_OBJ) $(LIB) | $(MO)
	$(Q)$(CC) $(LDFLAGS) $(SANFLAGS) -o $@ $^ $(SDL_LIBS) $(LIBS)

$(BUILD)/locale/%/LC_MESSAGES/glassnet.mo: src/po/%.po
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<

$(BUILD)/ui/%.o: EXTRA = $(SDL_CFLAGS)
$(BUILD)/view/%.o: EXTRA = $(SDL_CFLAGS)
$(BUILD)/app/%.o: EXTRA = $(SDL_CFLAGS) -DGLASSNET_SHARE='"$(PREFIX)/share/glassnet"'
$(BUILD)/base/file.o: EXTRA = -DGLASSNET_SHARE='"$(PREFIX)/share/glassnet"'

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(EXTRA) -c -o $@ $<

$(BUILD)/nn/%.f32.o: src/nn/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) -DREAL_F32 -c -o $@ $<
$(BUILD)/nn/%.fma.o: src/nn/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) -DREAL_FMA -mavx2 -mfma -c -o $@ $<
$(BUILD)/nn/%.f64.o: src/nn/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) -DREAL_F64 -c -o $@ $<

# Loops of the kernels may run in vectors: that changes no bits, sums are never reordered.
KERNEL_OPT = -O3 -fno-trapping-math
$(BUILD)/nn/%.base.o: src/nn/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(KERNEL_OPT) -c -o $@ $<
$(BUILD)/nn/%.avx2.o: src/nn/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(KERNEL_OPT) -DLANE_AVX2 -mavx2 -mfma -c -o $@ $<
$(BUILD)/nn/%.avx512.o: src/nn/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(KERNEL_OPT) -DLANE_AVX512 -mavx512f -mavx2 -mfma \
	    -mprefer-vector-width=512 -c -o $@ $<

# --- tests -----------------------------------------------------------------------------------
# Every tests/FOLDER/test_NAME.c defines `Suite *test_NAME(void)`; the runners find them by name.
$(BUILD)/tests/list_%.h: FORCE
	@mkdir -p $(@D)
	@for f in $(basename $(notdir $(TEST_$*_SRC))); do echo "SUITE($$f)"; done >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@
.PHONY: FORCE
FORCE:

$(BUILD)/tests/main_%.o: tests/support/main.c $(BUILD)/tests/list_%.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) -DSUITE_LIST='"$(BUILD)/tests/list_$*.h"' -I. -c -o $@ $<

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(SDL_CFLAGS) -Itests -c -o $@ $<

$(BUILD)/tests/run_lib: $(BUILD)/tests/main_LIB.o $(TEST_LIB_OBJ) $(TEST_SUPPORT) $(LIB) | $(MO)
	$(Q)$(CC) $(LDFLAGS) $(SANFLAGS) -o $@ $^ $(shell pkg-config --libs check) $(LIBS)

$(BUILD)/tests/run_app: $(BUILD)/tests/main_APP.o $(TEST_APP_OBJ) $(TEST_SUPPORT) $(APP_OBJ) $(LIB) | $(MO)
	$(Q)$(CC) $(LDFLAGS) $(SANFLAGS) -o $@ $^ $(shell pkg-config --libs check) $(SDL_LIBS) $(LIBS)

test-bins: $(BUILD)/tests/run_lib $(BUILD)/tests/run_app $(PROG) $(MO)

test: deps-test
	@$(MAKE) --no-print-directory -j$(JOBS) test-bins
	@$(MAKE) --no-print-directory layers
	@tests/support/run-all.sh $(BUILD)

# Everything that takes long: 10,000 commands in time, the whole walk through the views, 100,000
# events of the monkey, 36,000 commands at random.
soak: deps-test
	@$(MAKE) --no-print-directory -j$(JOBS) test-bins
	@tests/support/soak.sh $(BUILD)

# The pictures that tests/view/test_golden.c compares with, drawn anew; look at them before a commit.
golden: deps-test
	@$(MAKE) --no-print-directory -j$(JOBS) test-bins
	GLASSNET_GOLDEN=write $(BUILD)/tests/run_app test_golden
.PHONY: soak golden

# --- translations ----------------------------------------------------------------------------
# docs/translation.md. The pot has every text that is marked in the source; `make po` takes new ones
# into each language's file, for the translator.
# What only the command line says stays English.
UNSEEN   = -e app/cli -e app/bench -e app/main -e app/train_run -e lesson/check
XGETTEXT = xgettext --from-code=UTF-8 --language=C --package-name=Glassnet --add-comments=TRANSLATORS \
           --add-location=file --sort-by-file --keyword --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
           --keyword=translate_count:1,2 --keyword=err_set:5 --keyword=net_fail:2 --keyword=reader_fail:3 --keyword=parse_fail:3 --keyword=survey_note:2 --keyword=tensor_fail:2 \
           --keyword=fails:2 --keyword=worker_refuses:2 --keyword=argument_word:2 --keyword=argument_long:2 \
           --keyword=argument_number:2 --keyword=argument_value:2
pot:
	@mkdir -p $(BUILD)
	@find src include -name '*.[ch]' | grep -v $(UNSEEN) | LC_ALL=C sort | $(XGETTEXT) -o $(BUILD)/glassnet.pot -f -
po: pot
	@for f in $(PO); do msgmerge --quiet --update --backup=none --no-fuzzy-matching \
	    --add-location=file $$f $(BUILD)/glassnet.pot || exit 1; \
	    printf '%s: ' $$f; msgfmt --statistics -o /dev/null $$f; done
.PHONY: pot po

# --- the rest --------------------------------------------------------------------------------
deps-run:
	@tests/support/deps.sh run
deps-test:
	@tests/support/deps.sh run test
deps:
	@tests/support/deps.sh run test

run: deps-run
	@$(MAKE) --no-print-directory -j$(JOBS) $(PROG)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(PROG); \
	 else $(MAKE) --no-print-directory tour; fi

tour: $(PROG)
	@echo "No display is connected here, so Glassnet draws a tour of its screens into $(BUILD)/tour/ instead of opening a window."
	@tests/support/tour.sh $(PROG) $(BUILD)/tour

FORMATTED = $(wildcard include/glassnet/*/*.h src/*/*.[ch] tests/*/*.[ch])
check-format:
	@clang-format --dry-run --Werror $(FORMATTED) && echo "format: clean"
format:
	@clang-format -i $(FORMATTED)

layers:
	@tests/support/layers.sh

install: $(PROG)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/glassnet
	install -m 755 $(PROG) $(DESTDIR)$(PREFIX)/bin/glassnet
	cp -r data lessons fonts $(BUILD)/locale $(DESTDIR)$(PREFIX)/share/glassnet/

clean:
	rm -rf $(BUILD)

help:
	@echo "make run           build and start Glassnet (a tour of pictures where there is no display)"
	@echo "make test          build and run every test"
	@echo "make deps          install what building and testing needs"
	@echo "make lib           the library alone, without SDL"
	@echo "make check-format  is the code formatted?      make format   format it"
	@echo "make layers        do includes go one way only?"
	@echo "make OPENMP=0      an engine of one thread (BUILD=... for a folder of its own)"
	@echo "make SAN=address,undefined test    the tests under sanitizers"
	@echo "make soak          the tests that take long: thousands of commands, views, events"
	@echo "make golden        draw the golden pictures of the screens anew"
	@echo "make po            take new texts into the translations (make pot: only list them)"
	@echo "make networks      train the shipped networks anew"
	@echo "make digits        make the digits data set anew from its source"
	@echo "make letters       make the letters data set anew from fonts (fetches 100 MB)"
	@echo "make pictures      draw the kernel lab's pictures anew"
	@echo "make parity        compare with PyTorch, N=200 random networks, SEED=1 (large to install)"
	@echo "make bench         time this machine; PEERS=1 other programs beside it"
	@echo "make bench-screen  time frames of the screen"
	@echo "make install PREFIX=/usr/local DESTDIR="
	@echo "make clean"

-include $(LIB_OBJ:.o=.d) $(APP_OBJ:.o=.d) $(TEST_LIB_OBJ:.o=.d) $(TEST_APP_OBJ:.o=.d) $(TEST_SUPPORT:.o=.d) $(BUILD)/app/main.d

# The data sets digits and digits8 anew from their sources; data/README.md says where those are.
DIGITS_PNG ?= /usr/share/doc/opencv-doc/examples/data/digits.png
DIGITS_CSV ?= /usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz
$(BUILD)/make_digits: tests/support/digits/make_digits.c $(LIB)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
digits: $(BUILD)/make_digits
	@for f in "$(DIGITS_PNG)" "$(DIGITS_CSV)"; do test -f "$$f" || { \
	 echo "$$f is not there: install opencv-doc and python3-sklearn, or name the file with DIGITS_PNG= or DIGITS_CSV="; \
	 exit 1; }; done
	$(BUILD)/make_digits "$(DIGITS_PNG)" "$(DIGITS_CSV)" data

# The kernel lab's pictures anew.
$(BUILD)/make_pictures: tests/support/pictures/make_pictures.c $(BUILD)/ui/picture.o $(LIB)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
pictures: $(BUILD)/make_pictures
	@mkdir -p data/pictures
	$(BUILD)/make_pictures data/pictures

# The data set letters anew, from the fonts of the packages in data/letters-fonts.txt, which are
# fetched into the build folder and not installed. The list then also says how many faces each
# gave and to which part.
LETTERS_FONTS ?= $(BUILD)/letters
$(BUILD)/make_letters: tests/support/letters/make_letters.c $(LIB)
	$(Q)$(CC) $(CFLAGS) $(BASEFLAGS) $(shell pkg-config --cflags freetype2) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs freetype2) $(LIBS)
letters: $(BUILD)/make_letters
	tests/support/letters/fetch.sh data/letters-fonts.txt "$(LETTERS_FONTS)"
	$(BUILD)/make_letters "$(LETTERS_FONTS)" data $(BUILD)/letters.list
	@awk 'NR == FNR { gave[$$1] = $$2 " " $$3; next } \
	    { print $$1, $$2, ($$1 in gave) ? gave[$$1] : "0 -" }' \
	    $(BUILD)/letters.list data/letters-fonts.txt >$(BUILD)/letters.txt
	@mv $(BUILD)/letters.txt data/letters-fonts.txt

# --- shipped networks ------------------------------------------------------------------------
# Trains data/networks/NAME.net anew from its own seed and settings; the weights come beside it.
# The same bits come out each time, for any number of threads.
NETWORKS = digits-cnn digits8 letters moons
networks: $(PROG)
	@for n in $(NETWORKS); do \
	    echo "$$n"; \
	    $(PROG) train data/networks/$$n.net --fresh -o data/networks/$$n.net || exit 1; \
	done

# --- parity ----------------------------------------------------------------------------------
# Every number of N random networks against PyTorch in double; skipped where that is missing and
# cannot be installed. PYTHON is Debian's own, which is the one its packages are for.
N      ?= 200
SEED   ?= 1
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
.PHONY: parity
parity: deps-run
	@$(MAKE) --no-print-directory -j$(JOBS) $(PROG)
	@tests/support/deps.sh parity || true
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) tests/parity/parity.py --program $(PROG) --networks $(N) --seed $(SEED)

# --- speed -----------------------------------------------------------------------------------
# make bench times this machine; PEERS=1 puts beside it, in turn, the other programs that Debian has
# and that are installed here (tests/bench/README.md). BENCH passes options on: BENCH="--quick".
BENCH ?=
PEERS_DIR = $(BUILD)/bench
bench-screen: $(PROG)
	@$(PROG) bench --screen $(BENCH)
bench: $(PROG)
	@mkdir -p $(PEERS_DIR)
ifeq ($(PEERS),1)
	@rm -f $(PEERS_DIR)/peer_*
	@if /usr/bin/python3 -c 'import torch' 2>/dev/null; then \
	    cp tests/bench/peer_torch.py $(PEERS_DIR)/ && chmod +x $(PEERS_DIR)/peer_torch.py; \
	 else echo "PyTorch is left out: python3-torch is not installed"; fi
	@$(CC) -O3 -o $(PEERS_DIR)/peer_fann tests/bench/peer_fann.c -lfann -lm 2>/dev/null || \
	    echo "FANN is left out: libfann-dev is not installed"
	@$(CC) -O3 -D_GNU_SOURCE -I/usr/lib/darknet/include -o $(PEERS_DIR)/peer_darknet \
	    tests/bench/peer_darknet.c -L/usr/lib/darknet -Wl,-rpath,/usr/lib/darknet -ldarknet \
	    2>/dev/null || echo "darknet is left out: darknet is not installed"
	@mkdir -p $(PEERS_DIR)/include/third_party
	@ln -sfn /usr/include/stb $(PEERS_DIR)/include/third_party/stb
	@$(CXX) -std=c++14 -O3 -march=native -w -I$(PEERS_DIR)/include -o $(PEERS_DIR)/peer_tinydnn \
	    tests/bench/peer_tinydnn.cpp -lpthread 2>/dev/null || echo "tiny-dnn is left out:" \
	    "tiny-dnn, libcereal-dev, libgemmlowp-dev, libstb-dev or a C++ compiler is not installed"
	@$(PROG) bench --peers $(PEERS_DIR) $(BENCH)
else
	@$(PROG) bench $(BENCH)
endif
.PHONY: bench bench-screen
