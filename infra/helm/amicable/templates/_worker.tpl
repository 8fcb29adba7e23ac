{{/* The pod of one kind of worker. Called with (list $ name worker). */}}
{{- define "amicable.worker" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $worker := index . 2 -}}
{{- $component := printf "worker-%s" $name -}}
metadata:
  labels: {{- include "amicable.selector" (list $root $component) | nindent 4 }}
  annotations: {{- include "amicable.annotations" (list $root 9464) | nindent 4 }}
spec:
  {{- include "amicable.pod" $root | nindent 2 }}
  {{- include "amicable.spread" (list $root $component) | nindent 2 }}
  terminationGracePeriodSeconds: 60
  containers:
    - name: worker
      {{- include "amicable.container" $root | nindent 6 }}
      args: [worker]
      env:
        - { name: AMICABLE_WORKER__QUEUES, value: {{ join "," $worker.duties | quote }} }
        - { name: AMICABLE_WORKER__HEARTBEAT, value: /tmp/heartbeat }
        {{- if $root.Values.metrics.enabled }}
        - { name: AMICABLE_METRICS__WORKER, value: "0.0.0.0:9464" }
        {{- end }}
        {{- include "amicable.env" $root | nindent 8 }}
      {{- if $root.Values.metrics.enabled }}
      ports:
        - { name: metrics, containerPort: 9464 }
      {{- end }}
      resources: {{- toYaml $worker.resources | nindent 8 }}
      volumeMounts:
        {{- include "amicable.mounts" $root | nindent 8 }}
      # Ready is a worker that itself asks Temporal for the work of its duties; alive is one whose
      # loop still turns. A Temporal that is away makes nobody ready, and kills nobody.
      startupProbe:
        exec: { command: [start, healthy] }
        periodSeconds: 10
        timeoutSeconds: 30
        failureThreshold: 18
      readinessProbe:
        exec: { command: [start, healthy] }
        periodSeconds: 60
        timeoutSeconds: 30
        failureThreshold: 2
      livenessProbe:
        exec: { command: [start, alive] }
        periodSeconds: 30
        timeoutSeconds: 5
        failureThreshold: 3
{{- end -}}
