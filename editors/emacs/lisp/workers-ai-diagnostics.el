;;; workers-ai-diagnostics.el --- What Flymake and Flycheck show  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Diagnostics of all sources go to the server with a command, as LSP writes them.

;;; Code:

(require 'seq)

(declare-function flycheck-error-level "ext:flycheck")
(declare-function flycheck-error-message "ext:flycheck")
(declare-function flycheck-error-region-for-mode "ext:flycheck")
(declare-function flycheck-overlay-errors-in "ext:flycheck")
(declare-function flymake-diagnostic-beg "flymake")
(declare-function flymake-diagnostic-end "flymake")
(declare-function flymake-diagnostic-text "flymake")
(declare-function flymake-diagnostic-type "flymake")
(declare-function flymake-diagnostics "flymake")

(defun workers-ai--position (place)
  "The LSP position of PLACE in this buffer, in UTF-16."
  (save-excursion
    (goto-char place)
    (let ((before (buffer-substring-no-properties (line-beginning-position) place)))
      (list :line (1- (line-number-at-pos place t))
            :character (seq-reduce (lambda (sum char) (+ sum (if (> char #xffff) 2 1)))
                                   before 0)))))

(defun workers-ai--diagnostic (from to kind text)
  "Return an LSP diagnostic with TEXT about FROM to TO, of KIND."
  (list :range (list :start (workers-ai--position from) :end (workers-ai--position to))
        :severity (cond ((string-match-p "error" kind) 1)
                        ((string-match-p "warning" kind) 2)
                        (t 3))
        :message text))

(defun workers-ai--diagnostics (from to)
  "What Flymake and Flycheck show between FROM and TO, from whatever source."
  (append
   (when (bound-and-true-p flymake-mode)
     (mapcar (lambda (each)
               (workers-ai--diagnostic (flymake-diagnostic-beg each)
                                       (flymake-diagnostic-end each)
                                       (format "%s" (flymake-diagnostic-type each))
                                       (flymake-diagnostic-text each)))
             (flymake-diagnostics from to)))
   (when (bound-and-true-p flycheck-mode)
     (delq nil
           (mapcar (lambda (each)
                     (pcase (flycheck-error-region-for-mode each major-mode)
                       (`(,beginning . ,end)
                        (workers-ai--diagnostic beginning end
                                                (format "%s" (flycheck-error-level each))
                                                (or (flycheck-error-message each) "")))))
                   (flycheck-overlay-errors-in from to))))))

(provide 'workers-ai-diagnostics)
;;; workers-ai-diagnostics.el ends here
