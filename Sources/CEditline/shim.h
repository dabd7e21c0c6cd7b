// Makes libedit's variadic calls callable from Swift: each a one-line forwarder.
#ifndef BILAN_CEDITLINE_SHIM_H
#define BILAN_CEDITLINE_SHIM_H
#include <histedit.h>
#include <stdio.h>

// A command bound to a key; gives one of the CC_ codes.
typedef unsigned char (*editline_command)(EditLine *, wint_t);

// An editor on this process's terminal that draws into `sink`: whoever calls it draws the screen itself.
static inline EditLine *editline_make(const char *name, FILE *sink) {
  return el_init_fd(name, stdin, sink, stderr, 0, 1, 2);
}

static inline int editline_set_int(EditLine *e, int operation, int value) { return el_set(e, operation, value); }

// "emacs" or "vi"; rebuilds the whole key map, so it comes before any bind.
static inline int editline_set_keys(EditLine *e, const char *name) { return el_set(e, EL_EDITOR, name); }

static inline int editline_bind(EditLine *e, const char *key, const char *command) {
  return el_set(e, EL_BIND, key, command, NULL);
}

static inline int editline_add_command(EditLine *e, const char *name, const char *help, editline_command command) {
  return el_set(e, EL_ADDFN, name, help, command);
}

// Changes a terminal mode, such as "-isig", for the time of editing ("-d").
static inline int editline_set_mode(EditLine *e, const char *mode) { return el_set(e, EL_SETTY, "-d", mode, NULL); }

static inline int editline_set_reader(EditLine *e, el_rfunc_t reader) { return el_set(e, EL_GETCFN, reader); }

static inline int editline_set_owner(EditLine *e, void *owner) { return el_set(e, EL_CLIENTDATA, owner); }

static inline void *editline_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
}
#endif
