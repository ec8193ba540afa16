{{/* What a user has to know about the data, and how to get a token; also part of the umbrella's notes. */}}
{{- define "backing.notes" -}}
{{- $keycloak := include "backing.keycloak" . -}}
{{- if and $keycloak (include "trellis-common.edge" (list . (include "backing.gateways" . | fromJsonArray))) -}}
{{- include "backing.tokenNotes" . | trim }}
{{ end -}}
Databases, broker and identity provider are for demonstrations only: one instance each, no backup.
{{- if .Values.persistence.enabled }}
`helm uninstall` keeps the data (PersistentVolumeClaims data-*-db-0, data-kafka-0{{ if $keycloak }}, data-keycloak-0{{ end }}) and the
Secrets *-db{{ if $keycloak }} and keycloak{{ end }}; the next install of a release called {{ .Release.Name }} in this namespace reuses both
(under another name with --take-ownership). To delete them:
  kubectl -n {{ .Release.Namespace }} delete persistentvolumeclaims,secrets -l app.kubernetes.io/part-of=trellis
{{- else }}
The data is deleted with the pods. `helm uninstall` keeps the Secrets *-db{{ if $keycloak }} and keycloak{{ end }}.
{{- end }}
{{- end }}

{{/*
Commands that need nothing of the repository. Secrets are read by a template of kubectl, since not every system has the same base64. The
read is retried, since a write is answered before it is applied.
*/}}
{{- define "backing.tokenNotes" -}}
{{- $address := .Values.global.mesh.address -}}
Write a page and read it, with a token of the demonstration's Keycloak, which is there a minute after the first install (bash):
  field() { kubectl --namespace {{ .Release.Namespace }} get "$1" --output "go-template={{ "{{" }} $2 }}"; }
  call() { curl --silent --show-error --connect-to "::$edge:" --cacert <(field "secret/$tls" 'index .data "tls.crt" | base64decode') "$@"; }
  edge=$(field gateway/edge '(index .status.addresses 0).value')
  tls=$(field gateway/edge '(index (index .spec.listeners 1).tls.certificateRefs 0).name')
  token=$(call {{ $address }}/realms/trellis/protocol/openid-connect/token --data grant_type=client_credentials \
      --user "writer:$(field secret/keycloak '.data.writer | base64decode')" | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  call {{ $address }}/v1/product-composites/42 -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
      -d '{"name": "Garden trellis", "weight": 2400, "recommendations": [], "reviews": []}'
  call {{ $address }}/v1/product-composites/42 -H "Authorization: Bearer $token" --fail --no-show-error --retry 5 --retry-all-errors
{{- end }}
