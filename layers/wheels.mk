# Installs a locked list of wheels for Lambda's Python into a layer; needs uv. Nothing is compiled here, so the machine that builds
# does not have to be the one that runs.
#   make build-CoreLayer ARTIFACTS_DIR=/tmp/core [ARCHITECTURE=arm64]
ARCHITECTURE ?= x86_64
PLATFORM := $(if $(filter arm64,$(ARCHITECTURE)),aarch64,x86_64)-manylinux_2_28
LOCKS := ../../requirements

define install
	uv pip install --quiet --target "$(ARTIFACTS_DIR)/python" --python-platform $(PLATFORM) --python-version 3.13 \
		--only-binary :all: --no-deps --require-hashes -r $(LOCKS)/$(1).lock
	find "$(ARTIFACTS_DIR)/python" -name __pycache__ -prune -exec rm -rf {} +
endef
