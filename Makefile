# 绩效图谱: every target sets up what it needs. Only Python 3.11 or newer with pip must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo-workspace

.DEFAULT_GOAL := help
.PHONY: help install web demo test browser-test axe lint types check bench entities neo4j neo4j-stop neo4j-import lock clean

help:
	@echo "make demo     读 examples/ 中的示例，建图谱，打印摘要和最常用的指标"
	@echo "make web      安装网页要的包（连同基本的共约 600 MB），然后 $(BIN)/jixiao explore"
	@echo "make test     运行测试"
	@echo "make browser-test 在真的浏览器里看网页（要 Chromium、中文字体、npm），图存在 screenshots/"
	@echo "make install  安装命令 $(BIN)/jixiao 和全部扩展（约 1 GB；除了 annotate，make demo 装的就够）"
	@echo "make check    代码规范、类型、测试；make lint 只查规范，make types 只查类型"
	@echo "make bench    测量读取、建图、标注的速度，以及表格线丢失后还能读出多少（要几分钟）"
	@echo "make neo4j    取得并启动本机的 Neo4j（要 Java 17 和 Maven）；地址和密码写进 .neo4j/env；make neo4j-stop 停止"
	@echo "make neo4j-import FILES=文件夹  停止后，把 jixiao export neo4j-import 写出的文件批量导入"
	@echo "make entities 用标注语料重新训练实体模型（半分钟）"
	@echo "make lock     按 pyproject.toml 更新 requirements.lock"
	@echo "make clean    删除 $(VENV)、$(DEMO) 和各种缓存"

install: $(VENV)/.with-all

web: $(VENV)/.with-web

demo: $(VENV)/.with-base
	$(BIN)/jixiao build examples/*.txt examples/*.md --workspace $(DEMO)
	@echo
	@echo "最常用的十个指标："
	@$(BIN)/jixiao reuse --limit 10 --workspace $(DEMO)

test: $(VENV)/.with-dev
	$(BIN)/python -m pytest

browser-test: $(VENV)/.with-dev axe
	JIXIAO_SCREENSHOTS="$(CURDIR)/screenshots" $(BIN)/python -m pytest tests/browser

AXE := tests/browser/node_modules/axe-core/axe.min.js

axe: $(AXE)

$(AXE): tests/browser/package-lock.json
	cd tests/browser && npm ci --silent
	@touch $@

lint: $(VENV)/.with-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.with-dev
	$(BIN)/mypy

check: lint types test

bench: $(VENV)/.with-dev
	$(BIN)/python benchmarks/read_and_build.py
	$(BIN)/python benchmarks/layouts.py
	$(BIN)/python benchmarks/annotate.py

entities: $(VENV)/.with-dev
	$(BIN)/python -m nlp.train_entities

relations: $(VENV)/.with-dev
	$(BIN)/python -m nlp.train_relations

neo4j: $(VENV)/.with-dev
	$(BIN)/python -m graph.neo4j_server start

neo4j-stop: $(VENV)/.with-dev
	$(BIN)/python -m graph.neo4j_server stop

neo4j-import: $(VENV)/.with-dev
	$(BIN)/python -m graph.neo4j_server import '$(FILES)'

# The versions in requirements.lock hold for every extra; an extra that is not asked for is not installed.
lock: $(VENV)/.with-dev
	$(PYTHON) -m pip --python $(BIN)/python install --quiet "pip-tools>=7.5"
	$(BIN)/pip-compile --quiet --all-extras --strip-extras --upgrade --no-header --no-annotate \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(DEMO) screenshots tests/browser/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Debian's Python has neither ensurepip nor leave to install outside a virtual environment: the pip that
# is there installs into ours.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更新的版本，$(PYTHON) 不是；请用 make PYTHON=python3.12 这样的写法另指一个"; exit 2; }
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.with-base: extras :=
$(VENV)/.with-web: extras := [app]
$(VENV)/.with-dev: extras := [dev]
$(VENV)/.with-all: extras := [neo4j,language,app,office,dev]

$(VENV)/.with-%: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
		--constraint requirements.lock --editable '.$(extras)'
	@touch $@
