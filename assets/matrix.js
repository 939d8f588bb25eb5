// The matrix of people and requirements: which rows are in sight, and the keyboard. Imported by its page; listens once.
// The server holds the whole; the page holds a window of it: `[data-matrix]` names the height of a row, the window's
// first row and the number of all rows, and the hidden buttons that ask for another window and for a cell.
const ROW = 52, HEAD = 76, MARGIN = 12, BEFORE = 20, PAUSE_MS = 90;
const grid = () => document.querySelector("[data-matrix]");
const number = (element, name) => Number(element.dataset[name] || 0);

let waiting = 0;
let wanted = null; // the cell that gets the focus once its row has come

const ask = (frame, first) => {
  frame.dataset.wanted = String(Math.max(0, first));
  frame.querySelector("[data-matrix-look]").click();
};

// Asks for the rows around those in sight, unless they are here.
const look = () => {
  waiting = 0;
  const frame = grid();
  if (!frame) return;
  const total = number(frame, "total"), first = number(frame, "first"), count = number(frame, "count");
  const top = Math.floor(frame.scrollTop / ROW), bottom = Math.ceil((frame.scrollTop + frame.clientHeight - HEAD) / ROW);
  const before = first > 0 && top < first + MARGIN;
  const after = first + count < total && bottom > first + count - MARGIN;
  if (before || after) ask(frame, Math.min(top - BEFORE, Math.max(0, total - count)));
};

document.addEventListener("scroll", (event) => {
  if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-matrix]")) return;
  if (!waiting) waiting = setTimeout(look, PAUSE_MS);
}, true);

const cellAt = (frame, row, column) => frame.querySelector(`tr[data-row="${row}"] > [data-column="${column}"]`);

const show = (frame, cell) => {
  frame.querySelectorAll("[tabindex='0'][data-column]").forEach((one) => { one.tabIndex = -1; });
  cell.tabIndex = 0;
  cell.focus({ preventScroll: true });
  const box = cell.getBoundingClientRect(), view = frame.getBoundingClientRect();
  const left = frame.querySelector("tbody th")?.offsetWidth || 0;
  if (box.top < view.top + HEAD) frame.scrollTop -= view.top + HEAD - box.top;
  if (box.bottom > view.bottom - 16) frame.scrollTop += box.bottom - view.bottom + 16;
  if (cell.tagName === "TD" && box.left < view.left + left) frame.scrollLeft -= view.left + left - box.left;
  if (box.right > view.right - 16) frame.scrollLeft += box.right - view.right + 16;
};

const go = (frame, row, column) => {
  const to = Math.min(Math.max(row, 0), number(frame, "total") - 1);
  const at = Math.min(Math.max(column, 0), number(frame, "columns"));
  const cell = cellAt(frame, to, at);
  if (cell) return show(frame, cell);
  wanted = [to, at];
  frame.scrollTop = Math.max(0, to * ROW - frame.clientHeight / 2);
};

// A row that was asked for with the keyboard has come.
new MutationObserver(() => {
  if (!wanted) return;
  const frame = grid(), cell = frame && cellAt(frame, ...wanted);
  if (!cell) return;
  wanted = null;
  show(frame, cell);
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-row"] });

const open = (frame, cell) => {
  const key = cell.dataset.key, member = cell.closest("tr").dataset.member;
  if (!member || cell.dataset.none) return;
  frame.dataset.member = member;
  frame.dataset.key = key || "";
  frame.querySelector("[data-matrix-open]").click();
};

document.addEventListener("click", (event) => {
  const cell = event.target instanceof Element && event.target.closest("[data-matrix] [data-column]");
  if (!cell) return;
  show(grid(), cell);
  open(grid(), cell);
});

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0] };

document.addEventListener("keydown", (event) => {
  const cell = event.target instanceof Element && event.target.closest("[data-matrix] [data-column]");
  if (!cell || event.altKey) return;
  const frame = grid(), row = number(cell.closest("tr"), "row"), column = number(cell, "column");
  const step = STEPS[event.key];
  if (step) go(frame, row + step[0], column + step[1]);
  else if (event.key === "Home") go(frame, event.ctrlKey ? 0 : row, 0);
  else if (event.key === "End") go(frame, event.ctrlKey ? number(frame, "total") - 1 : row, number(frame, "columns"));
  else if (event.key === "Enter" || event.key === " ") open(frame, cell);
  else return;
  event.preventDefault();
});

export {};
