// On a phone the matrix is read one case at a time: the list of cases, which only narrow screens show, leads to the first.
const first = document.querySelector(".jump a");
if (first && matchMedia("(max-width: 47.99em)").matches) location.replace(first.href);
