"""JupyterLab as the workbook's house: launcher, workspace folder, server extension, and the page's way to them."""
