/* The C twin of the engine: the reference model of the benchmark, written out by hand for one arm.
 *
 * It makes the same draws (Philox4x32-10, the same integer logarithm) in the same places and counts the same things, so its counts equal
 * the engine's bit for bit; benchmarks/c_twin.py checks that before anything is timed. Like the engine it keeps the ledger at eight levels,
 * follows open spells beyond counted time, and places people by the keyed permutation.
 *
 * What it leaves out, because it knows the reference model when it is compiled: several arms, points, grades, strikes, books of records,
 * pledges, fines, batches, misrecorded acts, other ways off the list, parents' gates, roles, the sample of lives, the log, and every mechanism
 * of the whole model beyond the spine: weeks and ties, notice and review, copies, officials, responses, rewards. Rates, thresholds and tables come as constants in reference.h, which benchmarks/c_twin.py writes from the compiled files, and with them the struct `counts`:
 * the engine's counts by name, with its axes (arm, list, channel, ... are 0 here).
 */
#include <stdint.h>
#include "reference.h"

typedef int64_t i64;
typedef uint32_t u32;
typedef uint64_t u64;

enum { LIFE = 0, TRAIT = 1, TIES = 2, OBSERVE = 32, DELAY = 48, FALSE_RECORD = 64, GATE = 65 };
enum { OWN = 0, ANOTHERS_ACT = 1 };
enum { LEVELS = 8, CLEAN = 5, NONE = -1 };
enum { MISTAKEN = 1, COLLATERAL = 5, PROTECTED = 7, LAWFUL = 8, UNRELATED = 9, WITHIN = 10, SPARED = 11 }; /* classes in use */
enum { CORRECTED = 0, EXPIRED = 9, CENSORED = 10 };
enum { PENDING_SIZE = 256, DAY_BINS = 400 };
enum { ABLE = 1, ADULT = 2, OWES = 4 };
#define NEVER ((i64)1 << 40)
#define STOP_DAY HORIZON /* a launch start: history is 0 */
#define LAST_DAY (HORIZON + FOLLOWUP)

typedef struct { u32 w[4]; } words;
typedef struct { i64 day, event, origin, category; u32 condition, filed, corrected; } pending_record;
typedef struct { i64 entry, end, corrected, context; } spell_at_level;
typedef struct {
  u64 pid;
  i64 group, minor, able, visibility, debts, debt_from;
  i64 due, accrued, cls, ever, listed_ever, active, tracked, tracked_cls, n_pending;
  spell_at_level spell[LEVELS];
  pending_record pending[PENDING_SIZE];
} person;

static inline words philox(u64 seed, u64 pid, u32 n, u32 stream) {
  u32 c0 = (u32)pid, c1 = (u32)(pid >> 32), c2 = n, c3 = stream, k0 = (u32)seed, k1 = (u32)(seed >> 32);
  for (int r = 0; r < 10; r++) {
    u64 p0 = (u64)0xD2511F53u * c0, p1 = (u64)0xCD9E8D57u * c2;
    u32 d0 = (u32)(p1 >> 32) ^ c1 ^ k0, d2 = (u32)(p0 >> 32) ^ c3 ^ k1;
    c1 = (u32)p1, c3 = (u32)p0, c0 = d0, c2 = d2;
    k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
  }
  return (words){{c0, c1, c2, c3}};
}

static inline i64 neg_log(u32 w) {
  u64 v = 2 * (u64)w + 1;
  int b = 63 - __builtin_clzll(v);
  u64 m = (v << (32 - b)) - ((u64)1 << 32);
  i64 i = (i64)(m >> 22), frac = (i64)(m & 0x3FFFFF), low = LOG_TABLE[i];
  return ((33 - b) * 762123384786LL - (low + (((LOG_TABLE[i + 1] - low) * frac) >> 22))) >> 16;
}

static inline i64 exp_days(u32 w, i64 mean) { return (neg_log(w) * mean) >> 32; }
static inline i64 min(i64 a, i64 b) { return a < b ? a : b; }
static inline i64 max(i64 a, i64 b) { return a > b ? a : b; }

static inline u32 mix(u32 v, u32 k) {
  u32 z = v * 0x9E3779B1u + k;
  z = (z ^ (z >> 16)) * 0x45D9F3Bu;
  return z ^ (z >> 16);
}

static u32 unpermute(u32 y, u32 n, words k) {
  int h = 0;
  while (((u64)1 << (2 * h)) < n) h++;
  u32 low = ((u32)1 << h) - 1;
  do {
    u32 a = y >> h, b = y & low, t;
    for (int r = 3; r >= 0; r--) t = b ^ (mix(a, k.w[r]) & low), b = a, a = t;
    y = (a << h) | b;
  } while (y >= n);
  return y;
}

static i64 class_of(i64 levels, int unrelated) {
  if (!(levels & 1)) return levels & (1 << CLEAN) ? SPARED : NONE;
  if (!(levels & (1 << CLEAN))) {
    int first = MISTAKEN; /* the first level below the clean ledger at which nothing stands names the class */
    while (first < COLLATERAL && ((levels >> first) & 1)) first++;
    return first;
  }
  if (!(levels & (1 << 6))) return PROTECTED;
  if (!(levels & (1 << 7))) return LAWFUL;
  return unrelated ? UNRELATED : WITHIN;
}

static int unrelated_on(const person *p, i64 day) {
  return !((GATE_CONTEXTS >> p->spell[0].context) & 1) || day - p->spell[0].entry >= YARDSTICK;
}

static void accrue(person *p, i64 day, counts *t) {
  i64 start = p->accrued, stop = min(day, STOP_DAY);
  p->accrued = day;
  if (p->cls == NONE || start >= stop) return;
  t->days[0][p->group][p->cls][start]++;
  t->days[0][p->group][p->cls][stop]--;
  if (p->cls == SPARED) return;
  p->ever |= 1 << p->cls;
  if (p->minor) t->minor_sanctioned[0][p->group] += stop - start;
}

static void plan(person *p, i64 day) {
  i64 due = NEVER;
  for (int i = 0; i < p->n_pending; i++) due = min(due, p->pending[i].day);
  for (int k = 0; k < LEVELS; k++)
    if ((p->active >> k) & 1) due = min(due, min(p->spell[k].end, p->spell[k].corrected));
  if ((p->active & 1) && p->spell[0].entry + YARDSTICK > day) due = min(due, p->spell[0].entry + YARDSTICK);
  p->due = due;
  p->cls = class_of(p->active, (p->active & 1) && unrelated_on(p, day));
}

static void count_duration(person *p, i64 cause, i64 day, counts *t) {
  i64 d = day - p->spell[0].entry;
  t->durations[0][p->tracked_cls][cause][d < DAY_BINS ? d : DAY_BINS + (d - DAY_BINS) / 7]++;
  t->unreviewed[0][p->group][0]++, t->unreviewed[0][p->group][1]++; /* nobody is told, nothing is reviewed */
  p->tracked = 0;
}

static void end_spells(person *p, i64 day, counts *t) {
  for (int k = 0; k < LEVELS; k++) {
    if (!((p->active >> k) & 1)) continue;
    i64 cause = p->spell[k].corrected <= day ? CORRECTED : p->spell[k].end <= day ? EXPIRED : -1;
    if (cause < 0) continue;
    p->active &= ~((i64)1 << k);
    if (k == 0 && p->tracked) count_duration(p, cause, day, t);
  }
}

static void take_effect(person *p, i64 day, const pending_record *r, counts *t) {
  const item *rule = &ITEM[r->category];
  int met = r->origin == ANOTHERS_ACT ? !((rule->conditions & ADULT) && p->minor)
                                      : !((rule->conditions & ABLE) && !p->able) && !((rule->conditions & ADULT) && p->minor) &&
                                            !((rule->conditions & OWES) && p->debts == 0);
  if (!met && r->condition < rule->checked) return;
  int hi = r->origin == ANOTHERS_ACT ? 0 : !met ? 3 : rule->valence == 2 ? 5 : rule->valence == 1 ? 6 : 7;
  i64 correction = NEVER;
  if ((r->origin != OWN || hi < CLEAN) && r->filed < FILED) correction = max(day + 1, day + CORRECTION_MIN + exp_days(r->corrected, CORRECTION_MEAN));
  int opened = !(p->active & 1);
  for (int k = 0; k <= hi; k++) {
    spell_at_level *s = &p->spell[k];
    s->end = day + TERM;
    if ((p->active >> k) & 1) {
      s->corrected = max(s->corrected, correction);
      continue;
    }
    p->active |= (i64)1 << k;
    s->entry = day, s->corrected = correction, s->context = rule->context;
    if (k == CLEAN && day < STOP_DAY) t->clean_entries[0][0][p->group]++;
  }
  if (!opened || day >= STOP_DAY) return;
  p->tracked = 1, p->listed_ever = 1;
  p->tracked_cls = class_of(p->active, unrelated_on(p, day));
  t->entries[0][0][p->group][p->tracked_cls]++;
  t->paths[0][p->tracked_cls][r->origin][0][r->category]++;
  if (r->origin == ANOTHERS_ACT) t->false_paths[0][0][p->tracked_cls]++;
}

static void settle(person *p, i64 day, counts *t) {
  while (p->due <= day) {
    i64 at = p->due;
    accrue(p, at, t);
    end_spells(p, at, t);
    for (;;) {
      int first = -1;
      for (int i = 0; i < p->n_pending; i++) {
        const pending_record *a = &p->pending[i], *b = &p->pending[first];
        if (a->day <= at && (first < 0 || a->day < b->day || (a->day == b->day && a->event < b->event))) first = i;
      }
      if (first < 0) break;
      pending_record r = p->pending[first];
      p->pending[first] = p->pending[--p->n_pending];
      take_effect(p, at, &r, t);
    }
    plan(p, at);
  }
}

static void receive(u64 seed, person *p, i64 day, u32 n, i64 origin, i64 category, u32 condition, counts *t) {
  words w = philox(seed, p->pid, n, DELAY);
  i64 wait = DELAY_MIN + exp_days(w.w[0], DELAY_MEAN); /* at least a day: nothing takes effect at once */
  if (p->n_pending == PENDING_SIZE) {
    t->overflow[0]++;
    return;
  }
  p->pending[p->n_pending++] = (pending_record){day + wait, n, origin, category, condition, w.w[2], w.w[3]};
  p->due = min(p->due, day + wait);
}

static void act(u64 seed, person *p, i64 day, u32 n, i64 category, counts *t) {
  words w = philox(seed, p->pid, n, OBSERVE);
  if (w.w[0] < min((i64)SENSITIVITY[category] * p->visibility >> 12, (i64)1 << 32)) receive(seed, p, day, n, OWN, category, w.w[3], t);
}

static void false_record(u64 seed, person *p, i64 day, u32 n, counts *t) {
  words w = philox(seed, p->pid, n, FALSE_RECORD);
  if (w.w[0] >= FALSE_CUM[p->group]) return;
  i64 category = 0;
  while (category < CATEGORIES - 1 && FALSE_CATEGORY[category] <= w.w[1]) category++;
  receive(seed, p, day, n, ANOTHERS_ACT, category, w.w[3], t);
}

static void attempt(u64 seed, person *p, u32 n, i64 need, counts *t) {
  t->attempts[p->group][need]++;
  if (!p->active || !((GATE_NEEDS >> need) & 1)) return;
  u32 w = philox(seed, p->pid, n, GATE).w[0];
  if (!(p->active & 1)) {
    if (((p->active >> CLEAN) & 1) && w < COMPLIANCE) t->spared_denials[0][p->group][need]++;
    return;
  }
  i64 cls = class_of(p->active, p->spell[0].context != GATE_CONTEXT);
  t->exposures[0][p->group][need][cls]++;
  if (w < COMPLIANCE) t->denials[0][p->group][need][cls]++;
}

static void count_debtor_weeks(person *p, i64 day, counts *t) {
  i64 first = p->debt_from / 7, last = min(day / 7, HORIZON / 7);
  if (first < last) t->debtors[0][p->group][first]++, t->debtors[0][p->group][last]--;
}

static void pay(person *p, i64 day, u32 word, counts *t) {
  if (p->debts == 0 || !p->able || word >= PAY) return;
  if (day < STOP_DAY) {
    t->debts_paid[0][p->group] += p->debts;
    count_debtor_weeks(p, day, t);
  }
  p->debts = 0;
}

static void stop_counting(person *p, i64 events, counts *t) {
  t->events[0] += events;
  if (p->debts) count_debtor_weeks(p, STOP_DAY, t);
  accrue(p, STOP_DAY, t);
  for (int c = 0; p->ever >> c; c++) t->ever[0][p->group][c] += (p->ever >> c) & 1;
  t->ever_listed[0][p->group] += p->listed_ever;
}

static void live(u64 seed, u64 pid, i64 group, int minor, person *p, counts *t) {
  words a = philox(seed, pid, 0, TRAIT), b = philox(seed, pid, 1, TRAIT);
  i64 g0 = PROPENSITY[a.w[0] >> 22], frailty = FRAILTY[a.w[1] >> 22], income = (u64)a.w[3] * 3 >> 32;
  i64 v = VIS_GROUP[group] * VIS_INCOME[income] >> 12, g = g0 * CONDUCT_GROUP[group] >> 12;
  p->pid = pid, p->group = group, p->minor = minor;
  p->visibility = min(max(v * (4096 + (VIS_CORR * (g0 - 4096) >> 12)) >> 12, 0), 16384);
  p->able = b.w[0] >= UNABLE[income];
  p->debts = !minor && b.w[1] < OWING, p->debt_from = 0;
  t->debts_start[0][group] += p->debts;
  p->due = NEVER, p->accrued = 0, p->cls = NONE, p->ever = 0, p->listed_ever = 0, p->active = 0, p->tracked = 0, p->n_pending = 0;

  const u32 *cum = CONDUCT_CUM[minor];
  i64 total = cum[CATEGORIES - 1];
  i64 r_conduct = total * g >> 12, r_false = r_conduct + (FALSE_ENVELOPE * frailty >> 12), r_need = r_false + NEED_CUM[minor][NEEDS - 1];
  i64 r_shock = r_need + (minor ? 0 : SHOCK[income]), r_recovery = r_shock + (minor ? 0 : RECOVERY), r = r_recovery + (minor ? 0 : PAYMENT_ENVELOPE);
  if (r == 0) return; /* only a minor who never does anything: adults have needs */
  i64 gap = min(((i64)1 << 50) / r, (i64)1 << 33), at = 0;
  int stopped = 0;
  for (u32 n = 1;; n++) {
    words w = philox(seed, pid, n, LIFE);
    at += (neg_log(w.w[0]) * gap >> 24) + 1;
    if (!stopped && at >= (i64)STOP_DAY << 20) {
      settle(p, STOP_DAY - 1, t);
      stop_counting(p, n - 1, t);
      if (!p->tracked) return;
      stopped = 1;
    }
    i64 day = min(at >> 20, LAST_DAY);
    settle(p, min(day, LAST_DAY - 1), t);
    if (stopped && !p->tracked) return;
    if (day == LAST_DAY) {
      count_duration(p, CENSORED, LAST_DAY, t);
      return;
    }
    i64 x = (i64)((u64)w.w[1] * (u64)r >> 32);
    if (x < r_conduct) {
      i64 y = min((x << 12) / g, total - 1), c = 0;
      while (cum[c] <= y) c++;
      if (c == NEEDS_DEBT) {
        if (p->debts == 0) continue;
        if (!stopped) t->acts_arm[0][group][c]++;
      } else if (!stopped) {
        t->acts[group][c]++;
      }
      if (c == CREATES_DEBT) {
        if (!stopped) t->debts_arisen[0][group]++;
        if (p->debts++ == 0) p->debt_from = day;
      }
      if (SENSITIVITY[c]) act(seed, p, day, n, c, t);
    } else if (x < r_false) {
      false_record(seed, p, day, n, t);
    } else if (x < r_need) {
      i64 need = 0;
      while (NEED_CUM[minor][need] <= x - r_false) need++;
      if (!stopped) attempt(seed, p, n, need, t);
    } else if (x < r_shock) {
      p->able = 0;
    } else if (x < r_recovery) {
      p->able = 1;
    } else {
      pay(p, day, w.w[2], t);
    }
  }
}

static i64 households_in(i64 people) {
  i64 slots = CYCLE_START[CYCLE], count = people / slots * CYCLE;
  for (int h = 0; h < CYCLE; h++) count += CYCLE_START[h] < people % slots;
  return count;
}

void live_towns(i64 first_town, i64 last_town, i64 everyone, u64 seed, counts *t) {
  static _Thread_local person p;
  for (i64 town = first_town; town < last_town; town++) {
    i64 people = min(TOWN_SIZE, everyone - town * TOWN_SIZE), households = households_in(people), slots = CYCLE_START[CYCLE];
    words keys = philox(seed, (u64)town, 0, TIES);
    for (i64 h = 0; h < households; h++) {
      i64 first = h / CYCLE * slots + CYCLE_START[h % CYCLE], end = min(h / CYCLE * slots + CYCLE_START[h % CYCLE + 1], people);
      i64 adults = min(first + CYCLE_ADULTS[h % CYCLE], end), group = 2;
      for (int q = 1; q >= 0; q--)
        if (h < (GROUP_CUM[q] * households + ((i64)1 << 31)) >> 32) group = q;
      t->adults[group] += adults - first;
      t->minors[group] += end - adults;
      for (i64 slot = first; slot < end; slot++)
        live(seed, (u64)(town * TOWN_SIZE + unpermute((u32)slot, (u32)people, keys)), group, slot >= adults, &p, t);
    }
  }
}

i64 counts_length(void) { return (i64)(sizeof(counts) / sizeof(i64)); }
