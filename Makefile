# Two commands are enough: make run, make test. make help lists the others.
# Each target installs what it misses (.ci/setup) and says what it does.

SHELL := bash
MAKEFLAGS += --no-print-directory

SYSTEM := $(shell uname -s)
# One set of tags for every build with a window, so that they share one build cache. OpenGL ES builds in a third of
# the time of desktop OpenGL and draws the same; only Linux has it. Without animations the cursor of a focused
# field does not fade, which costs more than all the rest.
TAGS := migrated_fynedo,no_animations
ifeq ($(SYSTEM),Linux)
  TAGS := gles,$(TAGS)
  DISPLAYS := $(DISPLAY)$(WAYLAND_DISPLAY)
else
  DISPLAYS := native
endif
# Tests draw without OpenGL and without a display.
TEST_TAGS := ci
# The race detector watches our code, what it calls and what calls it, but not the inside of translated SQLite and of what
# counts pixels and bytes: these share nothing with us, and would take a third of the time. make soak leaves nothing out.
# None of them may hold generic code of the standard library (go tool nm: go.shape, HashTrieMap): the linker keeps one copy
# of that for the whole program, and with one that is not watched the locks in it are not seen, which makes false races.
UNWATCHED := modernc.org/sqlite/lib golang.org/x/image/vector golang.org/x/image/font/... github.com/go-text/typesetting/font/... \
  github.com/go-text/typesetting/harfbuzz github.com/anthonynsimon/bild/... github.com/trustelem/zxcvbn/... image/... compress/...
RACE := -race $(foreach p,$(UNWATCHED),-gcflags=$(p)=-race=false)

FLAGS ?= --sample
TOUR ?= out/tour
DATA ?= out/serve

.DEFAULT_GOAL := help
.PHONY: help run serve test lint tour pictures window bench bench-server soak cluster test-cluster cross clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

run: ## start the program with the sample portfolio offered (FLAGS="…" for other flags); without a display, make the tour
ifeq ($(DISPLAYS),)
	@echo "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so no window can open."
	@echo "Making the tour instead: a picture of every screen."
	@$(MAKE) tour
else
	@.ci/setup build
	@echo "Starting the program; the first build takes a minute or two."
	go run -tags $(TAGS) ./app $(FLAGS)
endif

serve: ## start the backend on loopback with the sample portfolio and an advisor (SERVE="…" for other flags, DATA=… for another folder)
	@mkdir -p out
	go build -o out/my-account-server ./app/server
	@out/my-account-server sample --data $(DATA) $(SERVE)
	@exec out/my-account-server serve --data $(DATA) $(SERVE)

test: ## run all tests with the race detector, in random order
	@.ci/setup build test
	@echo "Running all tests: rules, screens, translations, contrast, imports and sizes."
	go test $(RACE) -shuffle=on -timeout 20m -tags $(TEST_TAGS) ./...

lint: ## check form and habits: gofumpt, go vet, golangci-lint (staticcheck and others), and print the measure of the code
	@.ci/setup build
	@.ci/lint

tour: ## write a numbered picture of every screen to out/tour (TOUR=… for another folder)
	@.ci/setup build test
	@echo "Walking through the program without a display; the pictures go to $(TOUR)."
	go run -tags $(TEST_TAGS) ./app tour --out $(TOUR)

pictures: ## renew the pictures of README.md from the tour
	@$(MAKE) tour TOUR=out/pictures-en
	@go run -tags $(TEST_TAGS) ./app tour --lang fr --theme dark --out out/pictures-fr
	@mkdir -p .readme
	@for page in overview register-complete link-complete messages payments vehicle; do \
	  cp out/pictures-en/[0-9]*-$$page.png .readme/$${page%-complete}-en-light.png; done
	@cp out/pictures-fr/[0-9]*-overview.png .readme/overview-fr-dark.png

window: ## drive the real program in a real window under Xvfb, with screenshots in out/window
	@.ci/setup build window
	@.ci/window
	@.ci/window-remote

bench: ## measure start, memory, idle time and size beside an empty window, and the services; writes bench.json
	@.ci/setup build window
	@.ci/bench

bench-server: ## measure the backend beside a bare handler with the same SQL, on SQLite and PostgreSQL; writes bench-server.json (FULL=1 with a million customers)
	@.ci/setup cluster
	@.ci/bench-server

soak: ## the long checks, for about SOAK=1h: fuzz, properties, faults on the wire, histories of calls that meet, all tests again and again
	@.ci/setup build test
	@.ci/soak

cluster: ## start the distributed engine on loopback: PostgreSQL under Patroni, etcd and HAProxy
	@.ci/setup cluster
	go run ./app/server/deploy/cluster/up

test-cluster: ## accidents on the distributed engine while two replicas write: nothing acknowledged may be lost; about three minutes
	@.ci/setup cluster test
	go test -count=1 -timeout 10m -tags $(TEST_TAGS),cluster -run TestCluster -v ./app/server | grep -v '"level":"INFO"'

cross: ## build for Windows with mingw, and type-check for macOS
	@.ci/setup cross
	@.ci/cross

clean: ## remove what was built
	rm -rf out .bin bench.json bench-server.json
