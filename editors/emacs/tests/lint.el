;;; lint.el --- Checks workers-ai.el: the compiler, checkdoc, package-lint  -*- lexical-binding: t; -*-

;; emacs -Q --batch -l lint.el FOLDER   with a copy of workers-ai.el in FOLDER, where the compiler
;; writes.  Says what is wrong, and ends with 1 if anything is.

;;; Code:

(require 'checkdoc)
(require 'package)

;; The tests' Emacs has no compiler of native code.
(defvar comp-enable-subr-trampolines)
(defvar native-comp-enable-subr-trampolines)
(setq comp-enable-subr-trampolines nil
      native-comp-enable-subr-trampolines nil)

(defvar lint-file (expand-file-name "workers-ai.el" (pop command-line-args-left)))
(defvar lint-problems nil)

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
                                                    :summary "" :archive "gnu"))))
  (with-current-buffer (find-file-noselect lint-file)
    (pcase-dolist (`(,line ,_ ,_ ,text) (package-lint-buffer))
      (push (format "line %s: %s" line text) lint-problems))))

(dolist (problem (reverse lint-problems))
  (message "%s" problem))
(kill-emacs (if lint-problems 1 0))

;;; lint.el ends here
