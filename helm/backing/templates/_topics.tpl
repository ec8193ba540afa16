{{- define "backing.topicsSpec" -}}
backoffLimit: 10
template:
  metadata: {{- include "backing.podMetadata" (list . "kafka" "topics") | nindent 4 }}
  spec:
    {{- include "backing.podSpec" (list . 1000 "kafka-topics") | nindent 4 }}
    restartPolicy: OnFailure
    containers:
      - name: topics
        # any image with a shell, nc, od and timeout works
        {{- include "backing.image" (list . .Values.kafka.image) | nindent 8 }}
        securityContext: {{- include "trellis-common.securityContext" . | nindent 10 }}
        resources:
          requests: {cpu: 10m, memory: 16Mi, ephemeral-storage: 1Mi}
          limits: {cpu: 500m, memory: 64Mi, ephemeral-storage: 16Mi}
        command: [sh, -c, 'sh /topics/create-topics.sh kafka:9092 </topics/topics']
        volumeMounts:
          - {name: topics, mountPath: /topics, readOnly: true}
          - {name: tmp, mountPath: /tmp}
    volumes:
      - name: topics
        configMap: {name: kafka-topics}
      - name: tmp
        emptyDir: {sizeLimit: 16Mi}
{{- end }}

{{- define "backing.topics" -}}
create-topics.sh: |
  {{- .Files.Get "files/create-topics.sh" | nindent 2 }}
topics: |
  product-composites 3 cleanup.policy=compact delete.retention.ms=604800000 message.timestamp.type=LogAppendTime
  {{- range $group := keys .Values.postgres.databases | sortAlpha }}
  product-composites.{{ $group }}.replay 1 retention.ms=-1
  product-composites.{{ $group }}.dead-letter 1 retention.ms=-1
  {{- end }}
{{- end }}
