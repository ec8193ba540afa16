{{- define "trellis-common.migrationContainer" -}}
env:
  {{- include "trellis-common.environment" (list .
      "{name: JDK_JAVA_OPTIONS, value: -XX:TieredStopAtLevel=1} # it ends before C2 would pay off"
      "{name: DATABASE_MIGRATE_AND_EXIT, value: \"true\"}"
      "{name: QUARKUS_FLYWAY_CONNECT_RETRIES, value: \"1000000\"} # the database may become available later"
      "{name: QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL, value: 2s}") | trim | nindent 2 }}
{{- end }}

{{- define "trellis-common.migrationAnnotations" -}}
kubectl.kubernetes.io/default-container: {{ .Chart.Name }}
checksum/database: {{ pick (include "trellis-common.settings" . | fromJson) "database.address" "database.name" | toJson | sha256sum }}
{{- end }}

{{- define "trellis-common.migrationSpec" -}}
backoffLimit: 3
template:
  metadata:
    {{- include "trellis-common.podMetadata" (dict "context" . "component" "migration" "version" (include "trellis-common.serviceVersion" .)
        "annotations" (include "trellis-common.migrationAnnotations" .)) | nindent 4 }}
  spec:
    restartPolicy: OnFailure
    {{- include "trellis-common.podSpec" (list . (include "trellis-common.migrationContainer" .)) | nindent 4 }}
{{- end }}

{{/*
Migrates the database's schema, once for each image and database: without a change the job keeps its name and is not run again.
It is not a hook, so it can be installed before or together with the database, for which it waits. New pods do not become ready
before it has finished; until then the old ones serve (docs/decisions/migration.md).
*/}}
{{- define "trellis-common.migration" -}}
{{- $spec := include "trellis-common.migrationSpec" . -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Chart.Name }}-migration-{{ sha256sum $spec | trunc 10 }}
  labels: {{- include "trellis-common.serviceLabels" (list . "migration") | nindent 4 }}
spec:
  {{- $spec | nindent 2 }}
{{- end }}
