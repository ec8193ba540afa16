{{/*
The connections of a service that its chart states, as JSON. `callers` are services of the landscape by name, and `clients` are others, as
`pods`, the peers of a NetworkPolicy, and `principals`; of both, `methods` and `paths` as in an AuthorizationPolicy. `open`: whether any pod
may connect. `neighbours` are the services that it calls.
*/}}
{{- define "trellis-common.connections" -}}
{{- include (printf "%s.connections" .Chart.Name) . | fromYaml | toJson -}}
{{- end }}
