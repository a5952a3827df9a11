import type { Box } from './arrange';
import { byId } from './elements';

/** The smallest and largest zoom of the board. */
const LEAST = 0.4;
const MOST = 2;
/** How far from the border of the window a target stays, in pixels. */
const MARGIN = 60;
/** The width of a sheet of paper in landscape format inside its margins, in pixels. */
const PAPER = 1040;

/** The window on the board: it scrolls, and knows how large the board is shown. */
export class View {
  /** How large the board is shown. */
  scale = 1;
  private readonly window = byId('window');
  private readonly board = byId('board');
  private readonly sheet = byId('sheet');
  private size = { width: 0, height: 0 };

  /**
   * @param zoomed - called when the reader asks for another size
   * @param resized - called when the window has another width
   */
  constructor(zoomed: (scale: number) => void, resized: () => void) {
    this.window.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        zoomed(this.scale * Math.exp(-event.deltaY / 400));
      },
      { passive: false },
    );
    let { width } = this.room();
    new ResizeObserver(() => {
      if (this.room().width === width) return;
      width = this.room().width;
      resized();
    }).observe(this.window);
    window.addEventListener('beforeprint', () => this.apply(Math.min(1, PAPER / this.size.width)));
    window.addEventListener('afterprint', () => this.apply(this.scale));
  }

  /** The room for the board, in pixels of the screen. */
  room(): { readonly width: number; readonly height: number } {
    const { paddingLeft, paddingTop } = getComputedStyle(this.window);
    const [across, down] = [2 * parseFloat(paddingLeft), 2 * parseFloat(paddingTop)];
    return { width: this.window.clientWidth - across, height: this.window.clientHeight - down };
  }

  /** Shows a board of a size. */
  show(size: { readonly width: number; readonly height: number }, scale: number): void {
    this.size = { width: size.width, height: size.height };
    this.scale = Math.min(MOST, Math.max(LEAST, scale));
    this.apply(this.scale);
  }

  /** Scrolls to the top. */
  toTop(): void {
    this.window.scrollTop = 0;
  }

  /** Where a box is in the window, to bring it back there after things moved; `undefined` where it is out of sight. */
  offsetOf(box: Box | undefined): number | undefined {
    if (!box) return undefined;
    const offset = box.y * this.scale - this.window.scrollTop;
    return offset >= 0 && offset < this.window.clientHeight ? offset : undefined;
  }

  /** Brings a box to where it was. */
  keep(box: Box | undefined, offset: number | undefined): void {
    if (box && offset !== undefined) this.window.scrollTop = box.y * this.scale - offset;
  }

  /** Brings a box into sight. */
  reveal({ y, height }: Box): void {
    const top = y * this.scale;
    const bottom = top + height * this.scale;
    const { scrollTop, clientHeight } = this.window;
    const isInside = top >= scrollTop + 4 && bottom <= scrollTop + clientHeight - 24;
    if (!isInside) this.window.scrollTop = Math.max(0, top - Math.max(MARGIN, clientHeight / 3));
  }

  private apply(scale: number): void {
    this.board.style.transform = `scale(${scale})`;
    this.sheet.style.width = `${this.size.width * scale}px`;
    this.sheet.style.height = `${this.size.height * scale}px`;
  }
}
