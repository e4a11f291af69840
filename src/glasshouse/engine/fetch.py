"""Asking for memory before it is needed: a town's people do not fit into the nearest cache, and waiting for them is much of a visit."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, overload

from glasshouse._jit import OPTIONS, rule
from glasshouse.engine.keep import STEP

LINE = 64  # bytes that arrive together
SOON, LATER = 2, 4  # turns ahead: of what is packed in the pool, and of where that is
PERSON_LINES, PACKED_LINES = 3, 16  # lines of a person, and at most of what is packed of them


def fetch(array: Any, at: int, byte: int) -> None:
    """Ask that this byte, counted from the start of a row, be brought near. Nothing depends on it; plain Python has no use for it."""


unpacked: Any = cgutils.unpack_tuple
moved_by: Any = cgutils.pointer_add


@intrinsic
def _ask(context: Any, array: Any, at: Any, byte: Any) -> Any:
    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        rows = context.make_array(signature.args[0])(context, builder, arguments[0])
        row = builder.mul(arguments[1], unpacked(builder, rows.strides)[0])
        place = moved_by(builder, rows.data, builder.add(row, arguments[2]), cgutils.voidptr_t)
        number = ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [cgutils.voidptr_t], shape)
        builder.call(prefetch, [place, number(0), number(3), number(1)])  # to read; to keep; data
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp), code


@overload(fetch, jit_options=OPTIONS, strict=False)  # type: ignore[arg-type]
def _compiled(array: Any, at: Any, byte: Any) -> Any:
    def ask(array: Any, at: Any, byte: Any) -> None:
        _ask(array, at, byte)  # type: ignore[call-arg]

    return ask


@rule
def wake_up(step: int, steps: int, everyone: bool, people: int, wake: Any, pop: Any, awake: Any) -> int:
    """Those to whom something happens this week, in the order of homes. Returns how many."""
    n = 0
    for slot in range(people):
        awake[n] = slot
        if step == steps - 1:
            n += 1 if pop[slot].follow != 0 else 0
        else:
            n += 1 if everyone or wake[slot] < 7 * (step + 1) else 0
    return n


@rule
def fetch_next(turn: int, n: int, n_arms: int, awake: Any, pop: Any, light: Any, head: Any, pool: Any) -> None:
    """Ask for those whose turn comes soon: first where they are, then what is packed there."""
    if turn + LATER < n:
        slot = awake[turn + LATER]
        for line in range(PERSON_LINES):
            fetch(pop, slot, LINE * line)
        fetch(light, slot, 0)
        fetch(head, slot, 0)
    if turn + SOON < n:
        slot = awake[turn + SOON]
        for a in range(n_arms):
            if head[slot, a] >= 0:
                for line in range(min((head[slot, a] & 1023) * STEP * 8 // LINE, PACKED_LINES)):
                    fetch(pool, head[slot, a] >> 10, LINE * line)
