// What the component's page lacks: buttons for the keyboard, an image, names that can be read at any size.
const LETTERS = 12, SIGN = 18, MOST_ZOOM = 1.4;

for (const button of document.querySelectorAll('.bar__item')) {
  button.tabIndex = 0;
  button.setAttribute('role', 'button');
  button.setAttribute('aria-label', button.title);
  button.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); button.click(); }
  });
}

const graph = () => document.getElementById('cy')?._cyreg?.cy;
// What Python says of the data comes with every drawing.
let about = {name: 'graph', said: ''};
window.addEventListener('message', ({data, source}) => {
  if (source === window.parent) about = data?.args?.layout?.about ?? about;
});

const SCALE = 2, LINE = 16 * SCALE, EDGE = 12 * SCALE, LEAST_WIDTH = 600 * SCALE;

// A picture of the map says the day, the version of the data and the address, as every export does.
async function savePicture() {
  const dark = document.body.dataset.theme === 'dark';
  const back = dark ? '#171614' : '#ffffff';
  const map = new Image();
  map.src = graph().png({full: true, scale: SCALE, bg: back});
  await map.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(map.width, LEAST_WIDTH);
  const font = context => { context.font = `${11 * SCALE}px sans-serif`; return context; };
  const lines = [about.said], ruler = font(canvas.getContext('2d'));
  for (let rest = window.parent.location.href; rest;) {
    const fits = n => ruler.measureText(rest.slice(0, n)).width <= canvas.width - 2 * EDGE;
    let length = 1;
    while (length < rest.length && fits(length + 1)) length += 1;
    lines.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  canvas.height = map.height + lines.length * LINE + EDGE;
  const context = font(canvas.getContext('2d'));
  context.fillStyle = back;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(map, 0, 0);
  context.fillStyle = dark ? '#bbbbbb' : '#555555';
  lines.forEach((line, at) => context.fillText(line, EDGE, map.height + (at + 1) * LINE));
  const link = document.createElement('a');
  link.href = canvas.toDataURL('image/png');
  link.download = `${about.name}.png`;
  link.click();
}

document.getElementById('savePng').addEventListener('click', savePicture);

const box = (node, parts) => node.renderedBoundingBox({includeEdges: false, includeOverlays: false, ...parts});
const covers = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
const SIDES = [
  {'text-valign': 'bottom', 'text-halign': 'center', 'text-margin-x': 0, 'text-margin-y': 3},
  {'text-valign': 'top', 'text-halign': 'center', 'text-margin-x': 0, 'text-margin-y': -3},
  {'text-valign': 'center', 'text-halign': 'right', 'text-margin-x': 3, 'text-margin-y': 0},
  {'text-valign': 'center', 'text-halign': 'left', 'text-margin-x': -3, 'text-margin-y': 0},
];

// Names keep their size on the screen however far away the map is, and stand where they cover nothing, that
// of a node with more relations first. One without room shows when the map is nearer or the pointer on it.
function arrange(cy) {
  const scale = 1 / cy.zoom();
  const sign = Math.max(26, SIGN * scale);
  cy.batch(() => cy.nodes().removeStyle('label').style({
    'font-size': Math.max(LETTERS, LETTERS * scale), width: sign, height: sign,
    'text-max-width': 200 * Math.max(1, scale), 'text-opacity': 1, 'text-background-opacity': 0.75,
  }));
  const first = node => node.degree() + (node.selected() ? 1000 : 0);
  const nodes = cy.nodes().toArray().sort((a, b) => first(b) - first(a));
  const taken = nodes.map(node => box(node, {includeLabels: false}));
  nodes.forEach((node, own) => {
    const hasRoom = SIDES.some(side => {
      node.style(side);
      const name = box(node, {includeNodes: false});
      const isCut = name.x1 < 0 || name.y1 < 0 || name.x2 > cy.width() || name.y2 > cy.height();
      if (isCut || taken.some((other, at) => at !== own && covers(name, other))) return false;
      taken.push(name);
      return true;
    });
    if (!hasRoom) node.style({...SIDES[0], 'text-opacity': 0, 'text-background-opacity': 0});
  });
}

function readable(cy) {
  cy.maxZoom(MOST_ZOOM);
  let next = 0;
  const soon = () => { cancelAnimationFrame(next); next = requestAnimationFrame(() => arrange(cy)); };
  cy.on('pan zoom resize layoutstop select unselect', soon);
  cy.on('mouseover', 'node', ({target}) => target.style({
    label: target.data('name') || target.data('_caption'), 'z-index': 9,
    'text-opacity': 1, 'text-background-opacity': 1,
  }));
  cy.on('mouseout', 'node', ({target}) => { target.removeStyle('z-index'); soon(); });
  soon();
}

const wait = setInterval(() => {
  if (graph()) { clearInterval(wait); readable(graph()); }
}, 20);
