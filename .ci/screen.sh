# Sourced by scripts that need real windows: a screen of its own, without the person's session, bus or home.
#
#   build_checked                builds out/my-account-checked, which says when a widget is touched where it must not be
#   screen_start 1280x800        starts Xvfb and a window manager
#   app_start BINARY [FLAG …]    starts a program with a home of its own; its output is added to $work/app.log
#   window_wait                  waits for its window, into $window
#   press KEY …, write TEXT      type into the window
#   point X Y                    moves the pointer into the window
#   act COMMAND …                runs a command and waits until the window has changed and stands still
#   still                        waits until the window stands still
#   shot NAME                    writes $shots/NN-NAME.png
#   app_stop                     closes the window as a person does; fails unless the program ends well
#   app_kill                     kills the program as a power cut does
#
# Everything started here ends with the script.

work=$(mktemp -d)
started=()
shots=${SHOTS:-out/window}
shot_number=0

screen_clean() {
  local pid
  for pid in "${started[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap screen_clean EXIT

# Built without migrated_fynedo, as a tag and in FyneApp.toml: that build notices a widget that is touched off the user
# interface's goroutine and says so, where the one that is shipped would race in silence.
build_checked() {
  mkdir -p out
  sed '/^fyneDo/d' FyneApp.toml >"$work/FyneApp.toml"
  printf '{"Replace": {"%s/FyneApp.toml": "%s/FyneApp.toml"}}' "$PWD" "$work" >"$work/overlay.json"
  go build -overlay "$work/overlay.json" -tags gles,no_animations -o out/my-account-checked ./app
}

screen_start() {
  Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
  started+=($!)
  until [[ -s $work/display ]]; do
    kill -0 "${started[0]}" 2>/dev/null || { cat "$work/xvfb.log" >&2 && return 1; }
    sleep 0.1
  done
  DISPLAY=:$(<"$work/display")
  export DISPLAY DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent LANG=C LIBGL_ALWAYS_SOFTWARE=1
  unset WAYLAND_DISPLAY LC_ALL
  mkdir -p "$work/home"
  HOME=$work/home openbox >"$work/openbox.log" 2>&1 &
  started+=($!)
}

app_start() {
  env HOME="$work/home" XDG_CONFIG_HOME="$work/home/.config" XDG_DATA_HOME="$work/home/.local/share" "$@" \
    >>"$work/app.log" 2>&1 &
  app=$!
  started+=("$app")
}

window_wait() {
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    window=$(xdotool search --onlyvisible --pid "$app" 2>/dev/null | tail -1) || true
    [[ -n $window ]] && xdotool windowfocus --sync "$window" && return
    kill -0 "$app" 2>/dev/null || break
    sleep 0.1
  done
  echo "No window came. The program says:" >&2
  cat "$work/app.log" >&2
  return 1
}

shot() {
  mkdir -p "$shots"
  shot_number=$((shot_number + 1))
  picture=$(printf '%s/%02d-%s.png' "$shots" "$shot_number" "$1")
  capture "$picture"
}

# capture takes a picture of the window. Of a window that is gone, import would ask the person to click on another.
capture() { timeout 10 import -window "$window" "$1"; }

press() { xdotool key --delay 60 "$@"; }

# write types a text. A character that the keyboard has no key for needs time: xdotool makes a key for it.
write() {
  local delay=30
  [[ $1 == *[^[:ascii:]]* ]] && delay=150
  LC_ALL=C.UTF-8 xdotool type --delay $delay -- "$1"
}

point() { xdotool mousemove --window "$window" "$1" "$2" && still; }

# look is a sum over what the window shows.
look() { capture rgb:- | cksum; }

# still waits until two looks are the same; a countdown stands still long enough between two seconds.
still() {
  local before="" now tries
  for ((tries = 0; tries < 60; tries++)); do
    now=$(look)
    [[ $now == "$before" ]] && return
    before=$now
    sleep 0.1
  done
  echo "The window does not come to rest." >&2
  return 1
}

act() {
  local before tries
  before=$(look)
  "$@"
  for ((tries = 0; tries < 60; tries++)); do
    [[ $(look) != "$before" ]] && still && return
    sleep 0.05
  done
  echo "Nothing happened on $*." >&2
  return 1
}

app_stop() {
  local tries
  xdotool key alt+F4
  for ((tries = 0; tries < 100; tries++)); do
    kill -0 "$app" 2>/dev/null || break
    sleep 0.1
  done
  if kill -0 "$app" 2>/dev/null; then
    echo "The program is still there 10 s after its window was closed. What its first goroutine does:" >&2
    kill -QUIT "$app" && sleep 1
    grep -A24 "^goroutine 1 " "$work/app.log" >&2
    return 1
  fi
  wait "$app" || { local code=$? && echo "The program ended with $code:" >&2 && cat "$work/app.log" >&2 && return 1; }
}

app_kill() {
  kill -KILL "$app"
  wait "$app" 2>/dev/null || true
}
