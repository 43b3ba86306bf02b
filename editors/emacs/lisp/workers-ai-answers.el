;;; workers-ai-answers.el --- Explanations that grow beside the code  -*- lexical-binding: t; -*-

;; Copyright (c) 2026 The workers-ai-language-server authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; `$/workers-ai/answer' is a part of an explanation, or all of it; it goes to a buffer of its own.

;;; Code:

(require 'seq)
(require 'subr-x)
(require 'workers-ai-connection)
(require 'workers-ai-options)

(define-minor-mode workers-ai-answer-mode
  "A buffer with an answer of the model.
\\{workers-ai-answer-mode-map}"
  :keymap (let ((map (make-sparse-keymap)))
            (define-key map (kbd "q") #'quit-window)
            map)
  (setq buffer-read-only workers-ai-answer-mode)
  (when workers-ai-answer-mode
    (visual-line-mode)))

(defvar-local workers-ai--token nil "The token of the answer that still grows here.")

(defun workers-ai--answer-buffer (token action)
  "Return (BUFFER . NEW) for the answer with TOKEN to ACTION."
  (let* ((name (format "*workers-ai: %s*" action))
         (growing (seq-find (lambda (buffer)
                              (equal (buffer-local-value 'workers-ai--token buffer) token))
                            (buffer-list)))
         (last (get-buffer name)))
    (cond (growing (cons growing nil))
          ((and last (null (buffer-local-value 'workers-ai--token last))) (cons last t))
          (t (cons (generate-new-buffer name) t)))))

(defun workers-ai--markdown ()
  "Turn a mode for reading Markdown on, if there is one."
  (require 'markdown-mode nil t)
  (cond ((fboundp 'gfm-view-mode) (gfm-view-mode))
        ((fboundp 'markdown-view-mode) (markdown-view-mode))
        (t (text-mode))))

(defun workers-ai--begin-answer (buffer token)
  "Empty BUFFER for the answer with TOKEN, and show it where nobody works."
  (with-current-buffer buffer
    (let ((inhibit-read-only t))
      (erase-buffer))
    (workers-ai--markdown)
    (workers-ai-answer-mode)
    (setq buffer-undo-list t
          workers-ai--token token))
  (display-buffer buffer workers-ai-display-action))

(defun workers-ai--follow ()
  "Show the end of this buffer, except in the window of a person who is reading."
  (dolist (window (get-buffer-window-list nil nil t))
    (unless (eq window (selected-window))
      (set-window-point window (point-max)))))

(defun workers-ai--take-answer (params)
  "Show a part of an answer, or all of it, that PARAMS hold."
  (let ((token (workers-ai--get params "token"))
        (action (workers-ai--get params "action"))
        (delta (workers-ai--get params "delta"))
        (text (workers-ai--get params "text")))
    ;; What other actions answer becomes an edit.
    (when (member action '("explain" "prompt"))
      (pcase-let ((`(,buffer . ,new) (workers-ai--answer-buffer token action)))
        (when new
          (workers-ai--begin-answer buffer token))
        (with-current-buffer buffer
          (let ((inhibit-read-only t))
            (cond (delta (save-excursion (goto-char (point-max)) (insert delta))
                         (workers-ai--follow))
                  ;; Who is reading stays where he is.
                  ((not (equal (string-trim-right text) (string-trim-right (buffer-string))))
                   (erase-buffer)
                   (insert text)
                   (goto-char (point-min)))))
          (set-buffer-modified-p nil)
          (unless (or delta (string-empty-p text))
            (setq workers-ai--token nil)))))))

(defun workers-ai--end-answer (token)
  "Take the answer with TOKEN for complete."
  (dolist (buffer (buffer-list))
    (when (equal (buffer-local-value 'workers-ai--token buffer) token)
      (with-current-buffer buffer
        (setq workers-ai--token nil)))))

(provide 'workers-ai-answers)
;;; workers-ai-answers.el ends here
