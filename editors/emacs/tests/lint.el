;;; lint.el --- Checks a file: the compiler, checkdoc, package-lint  -*- lexical-binding: t; -*-

;; emacs -Q --batch -l lint.el FILE   with a copy of the package beside FILE, where the compiler
;; writes.  Says what is wrong, and ends with 1 if anything is.  Each file needs an Emacs of its own:
;; then it is seen whether it requires all that it uses.

;;; Code:

(require 'checkdoc)
(require 'package)

;; The tests' Emacs has no compiler of native code.
(defvar comp-enable-subr-trampolines)
(defvar native-comp-enable-subr-trampolines)
(setq comp-enable-subr-trampolines nil
      native-comp-enable-subr-trampolines nil)

(defvar package-lint-main-file)
(defvar lint-file (expand-file-name (pop command-line-args-left)))
(defvar lint-folder (file-name-directory lint-file))
(defvar lint-problems nil)

(add-to-list 'load-path lint-folder)
(setq byte-compile-error-on-warn t)
(unless (byte-compile-file lint-file)
  (push "it does not compile without warnings" lint-problems))

(let ((checkdoc-create-error-function
       (lambda (text start _end &optional _unfixable)
         (push (format "line %s: %s" (and start (line-number-at-pos start)) text) lint-problems)
         nil)))
  (with-current-buffer (find-file-noselect lint-file)
    (checkdoc-current-buffer t)))

;; package-lint of 2022 does not know of Emacs 28 yet.
(when (>= emacs-major-version 30)
  (require 'package-lint)
  (setq package-archive-contents
        (list (list 'transient (package-desc-create :name 'transient :version '(0 4 3)
                                                    :summary "" :archive "gnu")))
        package-lint-main-file (expand-file-name "workers-ai.el" lint-folder))
  (with-current-buffer (find-file-noselect lint-file)
    (pcase-dolist (`(,line ,_ ,_ ,text) (package-lint-buffer))
      (push (format "line %s: %s" line text) lint-problems))))

(dolist (problem (reverse lint-problems))
  (message "%s" problem))
(kill-emacs (if lint-problems 1 0))

;;; lint.el ends here
