#!/bin/sh
# Creates missing topics: create-topics.sh BROKER < topics, one per line: name partitions [setting=value ...]
# Sends Kafka's CreateTopics request (version 2) instead of starting a JVM for each topic, so it needs only a shell, nc and od.
# Exits with 0 once the broker has confirmed that every topic was created or exists.
set -eu
broker=$1 work=$(mktemp -d)

int8() { printf "\\$(printf %03o $(($1 & 255)))"; }
int16() { int8 $(($1 >> 8)); int8 "$1"; }
int32() { int16 $(($1 >> 16)); int16 "$1"; }
string() { int16 ${#1}; printf %s "$1"; }

topics=0
while read -r name partitions settings; do
    topics=$((topics + 1))
    string "$name"; int32 "$partitions"; int16 1; int32 0
    set -- $settings; int32 $#
    for setting; do string "${setting%%=*}"; string "${setting#*=}"; done
done >"$work/topics" # a redirection, since a pipe would lose the count
{
    int16 19; int16 2; int32 1; string create-topics
    int32 $topics; cat "$work/topics"
    int32 10000; int8 0
} >"$work/request"
{ int32 "$(wc -c <"$work/request")"; cat "$work/request"; } >"$work/message"

# Prints the topics that the broker rejected; fails if the response does not cover all of them.
refused() {
    hex=$(od -An -v -tx1 "$work/answer" | tr -d ' \n')
    at=24 left=$topics
    number() { printf %d "0x$(printf %s "$hex" | cut -c $(($at + 1))-$(($at + $1)))"; }
    [ ${#hex} -gt $at ] && [ "$(number 8)" = $topics ] || return 1
    at=$((at + 8))
    while [ $left -gt 0 ]; do
        at=$((at + 4 + 2 * $(number 4)))
        code=$(number 4); at=$((at + 4))
        length=$(number 4); at=$((at + 4))
        [ $length = 65535 ] || at=$((at + 2 * length))
        case $code in 0 | 36) ;; *) echo "topic $((topics - left + 1)): Kafka's error $code" ;; esac
        left=$((left - 1))
    done
}
# the broker keeps the connection open, so busybox' nc would not end by itself
until
    { cat "$work/message"; sleep 2; } | timeout 3 nc "${broker%:*}" "${broker#*:}" >"$work/answer"
    errors=$(refused) && [ -z "$errors" ]
do
    echo "${errors:-$broker does not answer yet}" >&2
    sleep 1
done
echo "$topics topics exist"
