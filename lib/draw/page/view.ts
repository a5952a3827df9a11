import type { PageNode } from '../page-data';

/** The part of the picture that is shown. */
interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much larger than life things may get. */
const MOST_ZOOM = 2.5;
/** A picture that would be shown smaller than this begins at its upper left corner, at a size that can be read. */
const LEAST_SCALE = 0.6;
/** How far the picture may be moved from the border of the window, in pixels. */
const MARGIN = 40;
/** Pointer moves below this are a click, in pixels. */
const CLICK_SLOP = 4;

/** Pans and zooms the drawing by its view box. */
export class View {
  private shown: Window;

  constructor(
    private readonly canvas: SVGSVGElement,
    private readonly size: { readonly width: number; readonly height: number },
  ) {
    this.shown = { x: 0, y: 0, ...size };
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('pointerdown', (event) => this.drag(event));
    new ResizeObserver(() => this.show(this.shown)).observe(canvas);
    window.addEventListener('beforeprint', () => this.write({ x: 0, y: 0, ...size }));
    window.addEventListener('afterprint', () => this.write(this.shown));
  }

  /** Shows the beginning of the picture at a size that can be read, or all of it where that is one. */
  start(): void {
    this.fit();
    if (this.scale() >= LEAST_SCALE) return;
    const width = Math.min(this.size.width, this.pixels().width / LEAST_SCALE);
    this.show({ x: 0, y: 0, width, height: (width * this.pixels().height) / this.pixels().width });
  }

  /** Shows everything. */
  fit(): void {
    this.show({ x: 0, y: 0, ...this.size });
  }

  /** Zooms by a factor around a point of the screen, by default the middle. */
  zoom(factor: number, at?: { readonly clientX: number; readonly clientY: number }): void {
    const pixels = this.pixels();
    const [rightwards, downwards] = at
      ? [(at.clientX - pixels.left) / pixels.width, (at.clientY - pixels.top) / pixels.height]
      : [0.5, 0.5];
    const { x, y, width, height } = this.shown;
    const least = pixels.width / MOST_ZOOM;
    const most = 1.2 * Math.max(this.size.width, (this.size.height * pixels.width) / pixels.height);
    const wanted = Math.min(Math.max(width / factor, least), Math.max(most, least));
    const ratio = wanted / width;
    this.show({
      x: x + rightwards * (width - wanted),
      y: y + downwards * (height - height * ratio),
      width: wanted,
      height: height * ratio,
    });
  }

  /** Brings a node to the middle, unless it is well within what is shown at a size that can be read. */
  reveal({ x, y, width, height }: PageNode): void {
    if (this.scale() < LEAST_SCALE) this.zoom(0.8 / this.scale());
    const shown = this.shown;
    const margin = 40 / this.scale();
    const inside =
      x > shown.x + margin &&
      y > shown.y + margin &&
      x + width < shown.x + shown.width - margin &&
      y + height < shown.y + shown.height - margin;
    if (inside) return;
    this.show({
      ...shown,
      x: x + width / 2 - shown.width / 2,
      y: y + height / 2 - shown.height / 2,
    });
  }

  private scale(): number {
    return this.pixels().width / this.shown.width;
  }

  private pixels(): DOMRect {
    return this.canvas.getBoundingClientRect();
  }

  /** Shows a part of the picture, and what lies around it where the screen has another form. */
  private show(wanted: Window): void {
    const { width, height } = this.pixels();
    if (width === 0 || height === 0) return;
    const scale = Math.min(width / wanted.width, height / wanted.height);
    const full = { width: width / scale, height: height / scale };
    const isSame = Math.abs(full.width - wanted.width) < 1 && Math.abs(full.height - wanted.height) < 1;
    const x = isSame ? wanted.x : wanted.x - (full.width - wanted.width) / 2;
    this.shown = {
      ...full,
      x: within(x, full.width, this.size.width, MARGIN / scale, 0.5),
      y: within(wanted.y, full.height, this.size.height, MARGIN / scale, 0),
    };
    this.write(this.shown);
  }

  private write({ x, y, width, height }: Window): void {
    this.canvas.setAttribute('viewBox', [x, y, width, height].map((value) => value.toFixed(2)).join(' '));
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) this.zoom(Math.exp((-event.deltaY * unit) / 200), event);
    else this.pan(event.deltaX * unit, event.deltaY * unit);
  }

  /** Moves the picture by pixels. */
  pan(right: number, down: number): void {
    const scale = this.scale();
    this.show({ ...this.shown, x: this.shown.x + right / scale, y: this.shown.y + down / scale });
  }

  private drag(start: PointerEvent): void {
    if (start.button !== 0) return;
    let last = start;
    let moved = false;
    const move = (event: PointerEvent): void => {
      moved ||= Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > CLICK_SLOP;
      if (!moved) return;
      this.canvas.classList.add('dragged');
      this.pan(last.clientX - event.clientX, last.clientY - event.clientY);
      last = event;
    };
    const end = (): void => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      // The click that follows a drag must still see that there was one.
      setTimeout(() => this.canvas.classList.remove('dragged'));
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  }
}

/** Keeps a window on the picture: one that is larger than the picture shows it at a part of what is left over. */
function within(start: number, length: number, whole: number, margin: number, part: number): number {
  if (length >= whole) return (whole - length) * part;
  return Math.min(Math.max(start, -margin), whole - length + margin);
}
