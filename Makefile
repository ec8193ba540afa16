# Verbs only: what they do in detail is in local/, bench/, release/ and tests/e2e/.
SHELL := /bin/bash
.DEFAULT_GOAL := help

##@ At the desk

.PHONY: run
run: ## Build what changed and start the whole landscape; PRODUCT_PORT=9999 and the like move a port, DATA_FOLDER=... the data
	@exec local/start Run

.PHONY: test
test: ## Prove everything that needs no cluster
	@exec local/mvn -T 1C verify

.PHONY: fuzz
fuzz: ## Hold the contracts against 50,000 requests and 10,000 records: make fuzz, and SEED=7 to have a run again
	@exec local/mvn verify -pl tests/e2e -am -Dtest='Generated*Test' -Dsurefire.failIfNoSpecifiedTests=false \
		-Dfuzz.requests=$(or $(REQUESTS),50000) -Dfuzz.records=$(or $(RECORDS),10000) $(if $(SEED),-Dfuzz.seed=$(SEED))

.PHONY: bench
bench: ## Measure start, memory and throughput against a baseline and BEFORE=commit, and reads while calls hang: PART=hanging
	@exec bench/run $(PART)

.PHONY: replay
replay: ## Send a service the updates again that it set aside: make replay SERVICE=product
	@test -n "$(SERVICE)" || { echo "Whose? For example: make replay SERVICE=product"; exit 1; }
	@exec local/start Replay "$(SERVICE)"

.PHONY: service
service: ## Make the skeleton of one more service that reads the log: make service NAME=price
	@test -n "$(NAME)" || { echo "Which name? For example: make service NAME=price"; exit 1; }
	@local/start skeleton.NewService "$(NAME)"
	@exec local/mvn -q spotless:apply -pl local,"services/$(NAME)"

.PHONY: charts
charts: ## Write the charts' values.yaml, values.schema.json and README tables from their schema.yaml
	@exec local/start charts.Charts

.PHONY: format
format: ## Format the Java
	@exec local/mvn -q spotless:apply

.PHONY: clean
clean: ## Forget what was built, and the landscape's data
	@local/mvn -q clean
	@rm -rf .local

##@ Cluster

.PHONY: release
release: ## Push images and charts of a version, by digest: make release REGISTRY=registry.example.org/team VERSION=1.2.3
	@exec release/run

.PHONY: token
token: ## Print an access token of the demonstration's Keycloak: make token CLIENT=writer, and NAMESPACE=shop if it isn't the current one
	@exec local/token

.PHONY: logs
logs: ## Print what all services logged of a trace: make logs TRACE=4bf9..., and NAMESPACE=... if the signals aren't in observability
	@test -n "$(TRACE)" || { echo "Of which trace? For example: make logs TRACE=4bf92f3577b34da6a3ce929d0e0e4736"; exit 1; }
	@exec local/start signals.Logs "$(TRACE)"

.PHONY: trace
trace: ## Print the spans of a trace as a tree: make trace TRACE=4bf9..., and NAMESPACE=... as for make logs
	@test -n "$(TRACE)" || { echo "Which trace? For example: make trace TRACE=4bf92f3577b34da6a3ce929d0e0e4736"; exit 1; }
	@exec local/start signals.Trace "$(TRACE)"

.PHONY: patterns
patterns: ## Show the nine patterns in the landscape that runs: make patterns NAMESPACE=shop, and SIGNALS_NAMESPACE, MARKDOWN=file, TOKEN, EDGE
	@exec local/start patterns.Patterns

.PHONY: e2e
e2e: ## Prove all of it on the current cluster: make e2e REGISTRY=host:port, and PROOF=Discovery for one alone, GROUP=signals for some
	@exec tests/e2e/run

.PHONY: bench-cluster
bench-cluster: ## Measure what the mesh costs on the current cluster: make bench-cluster REGISTRY=host:port, what signals do: PART=signals
	@exec bench/cluster $(PART)

##@ Help

.PHONY: help
help: ## List the verbs
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {section = substr($$0, 5)} \
		/^[a-z0-9-]+:.*## / {if (section) {printf "\n%s\n", section; section = ""} printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
